using System.Diagnostics;
using System.Globalization;
using EmbeddedStore;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Benchmarks.EmbeddedStore;

/// <summary>What a large collection costs: opening it, its memory, the pauses and a full scan beside a writer.</summary>
internal static class MillionBenchmark
{
    public static async Task RunAsync(string folder, int documents)
    {
        var path = Path.Combine(folder, "million.db");
        await OpeningBenchmark.FillAsync(path, documents);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var server = await OpeningBenchmark.MeasureAsync(path, documents);
        await using (server)
        {
            GC.Collect();
            Print("memory a document of 1 KB, three indexes", $"{(GC.GetTotalMemory(forceFullCollection: true) - before) / (double)documents:N0} B");
            Print("full collection of the heap", $"{await Figures.SecondsOfAsync(() => { GC.Collect(2, GCCollectionMode.Forced, blocking: true); return Task.CompletedTask; }) * 1000:N0} ms");
            var rows = new MongoClient(server.CreateClientSettings()).GetDatabase("benchmark").GetCollection<BsonDocument>("rows");
            await MeasureReadsAsync(rows, documents);
            await MeasureWriterAsync(rows, documents);
        }
    }

    private static async Task MeasureReadsAsync(IMongoCollection<BsonDocument> rows, int documents)
    {
        for (var warm = 0; warm < 2; warm++)
        {
            var scan = await Figures.SecondsOfAsync(() => rows.CountDocumentsAsync("{ text: 'y' }"));
            if (warm == 1)
                Print("unindexed scan", $"{scan * 1000:N0} ms, {documents / scan:N0} documents/s");
            var range = await Figures.SecondsOfAsync(() => rows.Find("{ points: { $gte: 5000 } }").Sort("{ points: 1, at: -1 }").Limit(20).ToListAsync());
            if (warm == 1)
                Print("first 20 of an indexed range in order", $"{range * 1000:0.00} ms");
        }
    }

    private static async Task MeasureWriterAsync(IMongoCollection<BsonDocument> rows, int documents)
    {
        var alone = await WriteAsync(rows, documents, TimeSpan.FromSeconds(10), CancellationToken.None);
        Print("update by _id alone", $"p50 {Figures.Percentile(alone, 0.5):0.00} ms, p99 {Figures.Percentile(alone, 0.99):0.00} ms, longest {alone.Max():0.0} ms");
        using var stop = new CancellationTokenSource();
        var scanning = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                await rows.CountDocumentsAsync("{ text: 'y' }");
        });
        var beside = await WriteAsync(rows, documents, TimeSpan.FromSeconds(10), CancellationToken.None);
        await stop.CancelAsync();
        await scanning;
        Print("update by _id beside full scans", $"p50 {Figures.Percentile(beside, 0.5):0.00} ms, p99 {Figures.Percentile(beside, 0.99):0.00} ms, longest {beside.Max():0.0} ms");
        Print("p99 beside a scan against alone", $"{Figures.Percentile(beside, 0.99) / Figures.Percentile(alone, 0.99):0.0} (aim at most 3)");
        Print("collections of the heap so far", $"{GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)}, paused {GC.GetTotalPauseDuration().TotalMilliseconds:N0} ms in all");
    }

    /// <summary>The longest time for which the collector stopped everything since <paramref name="seen"/> collections.</summary>
    private static double LongestPause(ref int seen, double longest)
    {
        if (GC.CollectionCount(0) == seen)
            return longest;
        seen = GC.CollectionCount(0);
        foreach (var pause in GC.GetGCMemoryInfo(GCKind.Any).PauseDurations)
            longest = Math.Max(longest, pause.TotalMilliseconds);
        return longest;
    }

    private static async Task<List<double>> WriteAsync(IMongoCollection<BsonDocument> rows, int documents, TimeSpan duration, CancellationToken cancelled)
    {
        var times = new List<double>();
        var collections = GC.CollectionCount(0);
        var pause = 0.0;
        var update = Builders<BsonDocument>.Update.Inc("points", 1);
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < duration;)
        {
            var begun = Stopwatch.GetTimestamp();
            await rows.UpdateOneAsync(new BsonDocument("_id", Documents.IdOf(Random.Shared.Next(documents) + 1)), update, null, cancelled);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            pause = LongestPause(ref collections, pause);
        }
        Print("longest pause of the collector under writes", $"{pause:0.0} ms (aim at most 200)");
        return times;
    }

    private static void Print(string what, FormattableString figure) => Figures.Print(what, figure.ToString(CultureInfo.InvariantCulture));
}
