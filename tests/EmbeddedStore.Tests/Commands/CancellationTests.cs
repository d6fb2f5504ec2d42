using System.Diagnostics;
using System.Net.Sockets;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace EmbeddedStore.Tests.Commands;

/// <summary>A command that takes long can be stopped by a limit of time, and by the client going away.</summary>
public sealed class CancellationTests : IAsyncLifetime
{
    // Note: for each of twenty thousand documents three thousand patterns that match nothing: a minute of work.
    private static readonly BsonDocument Endless = BsonDocument.Parse("{ $or: [ " + string.Join(", ", Enumerable.Range(0, 3000).Select(i => $"{{ text: /y{i}$/ }}")) + " ] }");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

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
        Assert.True(Stopwatch.GetElapsedTime(started) < Patience);
    }

    [Fact]
    public async Task A_client_that_cancels_stops_its_command()
    {
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Collection().Find(Endless).ToListAsync(impatient.Token));
        await AssertNothingRunsAsync();
    }

    [Fact]
    public async Task A_client_that_hangs_up_stops_its_command()
    {
        using (var socket = new TcpClient("127.0.0.1", store.Server.Port!.Value))
        {
            await socket.GetStream().WriteAsync(Message(new BsonDocument { { "find", "things" }, { "filter", Endless }, { "$db", "test" } }));
            while (store.Server.CommandsRunning == 0)
                await Task.Delay(5);
        }
        await AssertNothingRunsAsync();
    }

    private async Task AssertNothingRunsAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (store.Server.CommandsRunning > 0)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience);
            await Task.Delay(5);
        }
    }

    private static byte[] Message(BsonDocument command)
    {
        var body = command.ToBson();
        return [.. BitConverter.GetBytes(body.Length + 21), .. BitConverter.GetBytes(1), .. BitConverter.GetBytes(0), .. BitConverter.GetBytes(2013), 0, 0, 0, 0, 0, .. body];
    }
}
