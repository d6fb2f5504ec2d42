using EmbeddedStore.Bson;
using EmbeddedStore.Planning;
using EmbeddedStore.Query;
using Microsoft.Extensions.Logging;
using MongoDB.Bson;

namespace EmbeddedStore.Collections;

/// <summary>Deletes the documents whose time in a TTL index is over: once a minute, as MongoDB does.</summary>
internal sealed class Expiry : IAsyncDisposable
{
    private const int AtOnce = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Store store;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task sweeping;

    public Expiry(Store store, TimeProvider clock, ILogger logger)
    {
        (this.store, this.clock, this.logger) = (store, clock, logger);
        sweeping = RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await sweeping;
        stopping.Dispose();
    }

    public async Task SweepAsync()
    {
        foreach (var view in store.All)
            foreach (var index in view.Indexes.Where(index => index.Definition.ExpireAfter is not null))
                while (await SweepAsync(view.Namespace, index.Definition) == AtOnce)
                    stopping.Token.ThrowIfCancellationRequested();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                try
                {
                    await SweepAsync();
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    logger.LogWarning(error, "Expired documents could not be deleted; the next sweep tries again.");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    // Note: a few at a time, so that other writers get their turn; found through the index and looked at again in the write lock.
    private ValueTask<int> SweepAsync(string ns, IndexDefinition index)
    {
        var filter = Before(index, clock.GetUtcNow() - index.ExpireAfter!.Value);
        if (!Planner.Choose(store.Read(ns), filter, hint: Hint(index)).Run(stopping.Token).Any())
            return ValueTask.FromResult(0);
        return store.WriteAsync(writer =>
        {
            if (writer.Find(ns) is not { } collection || collection.Indexes.All(existing => existing.Definition != index))
                return 0;
            var expired = Planner.Choose(collection.Current, filter, hint: Hint(index)).Run(stopping.Token).Take(AtOnce).ToList();
            foreach (var (record, _) in expired)
                writer.Delete(collection, record);
            return expired.Count;
        });
    }

    private static Filter Before(IndexDefinition index, DateTimeOffset time)
    {
        var field = index.Keys.Paths[0].Text;
        return Filter.Parse(new BsonDocument(field, new BsonDocument("$lte", new BsonDateTime(time.ToUnixTimeMilliseconds()))).ToBson());
    }

    private static BsonValueRef Hint(IndexDefinition index) => BsonValueRef.From(index.Name);
}
