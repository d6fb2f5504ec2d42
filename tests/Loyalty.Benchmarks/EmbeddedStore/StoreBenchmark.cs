using System.Globalization;
using EmbeddedStore;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Benchmarks.EmbeddedStore;

/// <summary><c>dotnet run -c Release --project tests/Loyalty.Benchmarks -- store [documents]</c>; the last part takes a million when not told otherwise.</summary>
internal static class StoreBenchmark
{
    private const int Callers = 8;

    public static async Task RunAsync(string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("embedded-store-benchmark-");
        try
        {
            await CompareAsync(folder.FullName);
            await MillionBenchmark.RunAsync(folder.FullName, arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 1_000_000);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task CompareAsync(string folder)
    {
        await using var server = EmbeddedMongo.Open(new EmbeddedStoreOptions { Path = Path.Combine(folder, "compare.db") });
        var rows = new MongoClient(server.CreateClientSettings()).GetDatabase("benchmark").GetCollection<BsonDocument>("rows");
        await using var sqlite = new SqliteBaseline(Path.Combine(folder, "baseline.db"));
        int ours = 0, theirs = 0;

        Figures.Print($"inserts, {Callers} callers", await Figures.CompareAsync(5, 16_000,
            count => OnCallersAsync(count, () => rows.InsertOneAsync(Documents.Of(Interlocked.Increment(ref ours)))),
            count => OnCallersAsync(count, () => sqlite.InsertAsync(Documents.IdOf(Interlocked.Increment(ref theirs)), Documents.Of(theirs).ToBson()))), 0.6);

        Figures.Print("bulk of 1,000 (documents)", await Figures.CompareAsync(5, 20_000,
            async count =>
            {
                for (var done = 0; done < count; done += 1000)
                    await rows.InsertManyAsync(Enumerable.Range(0, 1000).Select(_ => Documents.Of(++ours)), new InsertManyOptions { IsOrdered = false });
            },
            count =>
            {
                for (var done = 0; done < count; done += 1000)
                    sqlite.InsertTogether(Enumerable.Range(0, 1000).Select(_ => (Documents.IdOf(++theirs), Documents.Of(theirs).ToBson())));
                return Task.CompletedTask;
            }), 0.6);

        int known = Math.Min(ours, theirs);
        Figures.Print("find by _id, 1 caller", await Figures.CompareAsync(5, 20_000,
            count => Repeat(count, number => rows.Find(new BsonDocument("_id", Documents.IdOf(number % known + 1))).Single()),
            count => Repeat(count, number => sqlite.Find(Documents.IdOf(number % known + 1)))), 0.35);
        var rate = await RateAsync(80_000, count => OnCallersAsync(count,
            async () => await rows.Find(new BsonDocument("_id", Documents.IdOf(Random.Shared.Next(known) + 1))).SingleAsync()));
        Figures.Print($"find by _id, {Callers} callers", string.Create(CultureInfo.InvariantCulture, $"{rate,9:N0}/s"));
    }

    private static async Task<double> RateAsync(int count, Func<int, Task> work) => count / await Figures.SecondsOfAsync(() => work(count));

    private static Task Repeat(int count, Action<int> work)
    {
        for (var i = 0; i < count; i++)
            work(i * 7919);
        return Task.CompletedTask;
    }

    private static Task OnCallersAsync(int count, Func<Task> work) => Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
    {
        for (var i = 0; i < count / Callers; i++)
            await work();
    })));
}
