using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace EmbeddedStore.Tests.Commands;

/// <summary>A command that takes long can be stopped by a limit of time, and by the client going away: it has not looked at everything then.</summary>
public sealed partial class CancellationTests : IAsyncLifetime
{
    private const int Count = 20_000;

    // Note: for each document one that matches nothing, twenty thousand times: some seconds of work.
    private static readonly BsonDocument Endless = BsonDocument.Parse("{ $or: [ " + string.Join(", ", Enumerable.Range(0, 300).Select(i => $"{{ text: /y{i}$/ }}")) + " ] }");

    private readonly MemoryLog log = new();
    private readonly TestStore store;

    public CancellationTests() => store = new(options => options with { ListenPort = 0, Logger = log, SlowCommand = TimeSpan.Zero });

    public async ValueTask InitializeAsync()
    {
        var text = new string('x', 200);
        for (var part = 0; part < 4; part++)
            await store.Collection().InsertManyAsync(Enumerable.Range(part * Count / 4, Count / 4).Select(id => new BsonDocument { { "_id", id }, { "text", text } }));
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task A_command_that_exceeds_its_time_limit_is_stopped()
    {
        await Assert.ThrowsAsync<MongoExecutionTimeoutException>(() =>
            store.Collection().Find(Endless, new FindOptions { MaxTime = TimeSpan.FromMilliseconds(100) }).ToListAsync());
        await AssertStoppedAsync();
    }

    [Fact]
    public async Task A_client_that_cancels_stops_its_command()
    {
        using var impatient = new CancellationTokenSource();
        var finding = store.Collection().Find(Endless).ToListAsync(impatient.Token);
        while (store.Server.CommandsRunning == 0 && Examined() is null)
            await Task.Delay(5);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => finding);
        await AssertStoppedAsync();
    }

    [Fact]
    public async Task A_client_that_hangs_up_stops_its_command()
    {
        using (var socket = new TcpClient("127.0.0.1", store.Server.Port!.Value))
        {
            await socket.GetStream().WriteAsync(Message(new BsonDocument { { "find", "things" }, { "filter", Endless }, { "$db", "test" } }));
            while (store.Server.CommandsRunning == 0 && Examined() is null)
                await Task.Delay(5);
        }
        await AssertStoppedAsync();
    }

    private async Task AssertStoppedAsync()
    {
        for (var i = 0; i < 10_000 && Examined() is null; i++)
            await Task.Delay(10);
        Assert.InRange(Examined() ?? Count, 0, Count - 1);
    }

    /// <summary>How many documents the command had looked at when it ended.</summary>
    private int? Examined() => log.Lines.Select(line => ExaminedByFind().Match(line)).FirstOrDefault(line => line.Success) is { } ended
        ? int.Parse(ended.Groups[1].Value, CultureInfo.InvariantCulture)
        : null;

    private static byte[] Message(BsonDocument command)
    {
        var body = command.ToBson();
        return [.. BitConverter.GetBytes(body.Length + 21), .. BitConverter.GetBytes(1), .. BitConverter.GetBytes(0), .. BitConverter.GetBytes(2013), 0, 0, 0, 0, 0, .. body];
    }

    [GeneratedRegex(@"Slow find on test .*COLLSCAN, (\d+) documents")]
    private static partial Regex ExaminedByFind();
}
