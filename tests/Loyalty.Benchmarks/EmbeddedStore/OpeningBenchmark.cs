using System.Globalization;
using EmbeddedStore;
using EmbeddedStore.Storage;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Benchmarks.EmbeddedStore;

/// <summary>
/// Opening a file, beside what anybody must do who wants its rows in memory: reading all of them with SQLite, on one thread.
/// <c>dotnet run -c Release --project tests/Loyalty.Benchmarks -- opening [documents]</c>
/// </summary>
internal static class OpeningBenchmark
{
    private const int Rounds = 3;

    public static async Task RunAsync(string[] arguments)
    {
        var documents = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 1_000_000;
        var folder = Directory.CreateTempSubdirectory("embedded-store-opening-");
        try
        {
            var path = Path.Combine(folder.FullName, "opening.db");
            await FillAsync(path, documents);
            for (var round = 0; round < Rounds; round++)
                await using (var server = await MeasureAsync(path, documents))
                    Require(server, documents);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static async Task FillAsync(string path, int documents)
    {
        await using var server = EmbeddedMongo.Open(new EmbeddedStoreOptions { Path = path });
        var rows = Rows(server);
        await rows.Indexes.CreateManyAsync([new("{ member: 1 }"), new("{ points: 1, at: -1 }")]);
        var seconds = await Figures.SecondsOfAsync(async () =>
        {
            for (var done = 0; done < documents; done += 1000)
                await rows.InsertManyAsync(Enumerable.Range(done + 1, Math.Min(1000, documents - done)).Select(Documents.Of), new InsertManyOptions { IsOrdered = false });
        });
        Figures.Print("filling it, two indexes", string.Create(CultureInfo.InvariantCulture, $"{documents / seconds:N0}/s"));
    }

    public static async Task<EmbeddedMongo> MeasureAsync(string path, int documents)
    {
        var raw = await Figures.SecondsOfAsync(() => Task.FromResult(ReadRaw(path)));
        EmbeddedMongo? server = null;
        var seconds = await Figures.SecondsOfAsync(() => Task.FromResult(server = EmbeddedMongo.Open(new EmbeddedStoreOptions { Path = path })));
        Figures.Print($"opening {documents:N0} documents, two indexes", string.Create(CultureInfo.InvariantCulture,
            $"{seconds:0.0} s; SQLite alone reads its rows in {raw:0.0} s, ratio {seconds / raw:0.0} (aim {documents * 3e-6:0.0} s)"));
        return server!;
    }

    private static long ReadRaw(string path)
    {
        using var connection = StoreFile.Connect(path, create: false);
        using var rows = new Statement(connection, "SELECT record, body FROM c1");
        var sum = 0L;
        while (rows.Read())
            sum += rows.Int64(0) + rows.Blob(1)[^1];
        return sum;
    }

    private static void Require(EmbeddedMongo server, int documents)
    {
        if (Rows(server).EstimatedDocumentCount() != documents)
            throw new InvalidOperationException("Documents are missing.");
    }

    private static IMongoCollection<BsonDocument> Rows(EmbeddedMongo server) =>
        new MongoClient(server.CreateClientSettings()).GetDatabase("benchmark").GetCollection<BsonDocument>("rows");
}
