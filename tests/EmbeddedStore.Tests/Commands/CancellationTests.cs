using System.Diagnostics;
using System.Net.Sockets;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace EmbeddedStore.Tests.Commands;

/// <summary>A command that takes long can be stopped in every way that MongoDB offers.</summary>
public sealed class CancellationTests : IAsyncLifetime
{
    // Note: for each document one that matches nothing, ten thousand times: some seconds of work.
    private static readonly BsonDocument Endless = BsonDocument.Parse("{ $or: [ " + string.Join(", ", Enumerable.Range(0, 300).Select(i => $"{{ text: /y{i}$/ }}")) + " ] }");

    private readonly TestStore store = new(options => options with { ListenPort = 0 });

    public async ValueTask InitializeAsync()
    {
        var text = new string('x', 200);
        for (var part = 0; part < 4; part++)
            await store.Collection().InsertManyAsync(Enumerable.Range(part * 5000, 5000).Select(id => new BsonDocument { { "_id", id }, { "text", text } }));
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task A_command_that_exceeds_its_time_limit_is_stopped()
    {
        var started = Stopwatch.GetTimestamp();
        await Assert.ThrowsAsync<MongoExecutionTimeoutException>(() =>
            store.Collection().Find(Endless, new FindOptions { MaxTime = TimeSpan.FromMilliseconds(100) }).ToListAsync());
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_client_that_cancels_stops_its_command()
    {
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Collection().Find(Endless).ToListAsync(impatient.Token));
        await AssertNothingRunsAsync();
    }

    [Fact]
    public async Task An_operator_can_see_and_kill_it()
    {
        var running = store.Collection().Find(Endless).ToListAsync();
        BsonValue? operation = null;
        while (operation is null)
            operation = Running().FirstOrDefault();
        store.Run($"{{ killOp: 1, op: {operation["opid"]} }}");
        Assert.Equal(11601, (await Assert.ThrowsAsync<MongoCommandException>(() => running)).Code);
    }

    [Fact]
    public async Task A_client_that_hangs_up_stops_its_command()
    {
        using (var socket = new TcpClient("127.0.0.1", store.Server.Port!.Value))
        {
            await socket.GetStream().WriteAsync(Message(new BsonDocument { { "find", "things" }, { "filter", Endless }, { "$db", "test" } }));
            while (!Running().Any())
                await Task.Delay(5);
        }
        await AssertNothingRunsAsync();
    }

    private IEnumerable<BsonValue> Running() =>
        store.Client.GetDatabase("admin").RunCommand<BsonDocument>("{ currentOp: 1 }")["inprog"].AsBsonArray.Where(operation => operation["ns"] == "test.\"things\"");

    private async Task AssertNothingRunsAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (Running().Any())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
            await Task.Delay(5);
        }
    }

    private static byte[] Message(BsonDocument command)
    {
        var body = command.ToBson();
        return [.. BitConverter.GetBytes(body.Length + 21), .. BitConverter.GetBytes(1), .. BitConverter.GetBytes(0), .. BitConverter.GetBytes(2013), 0, 0, 0, 0, 0, .. body];
    }
}
