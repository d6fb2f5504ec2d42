using System.Globalization;
using EmbeddedStore.Storage;
using MongoDB.Bson;
using MongoDB.Driver;

namespace EmbeddedStore.Tests.Durability;

/// <summary>
/// What this test program does when it was started to be killed: eight writers, and a line on standard output for every write
/// that was acknowledged.
/// </summary>
internal static class Victim
{
    public const string PathVariable = "EMBEDDED_STORE_VICTIM_PATH";
    public const string EarlyVariable = "EMBEDDED_STORE_VICTIM_ACKNOWLEDGES_EARLY";
    public const string LargerVariable = "EMBEDDED_STORE_VICTIM_WRITES_LARGER_TEXTS_BY";
    public const int Writers = 8;

    private static readonly Lock Output = new();

    private static readonly int Larger = int.Parse(Environment.GetEnvironmentVariable(LargerVariable) ?? "0", CultureInfo.InvariantCulture);

    public static string TextOf(int writer, int number, int larger) => new((char)('a' + (writer + number) % 26), 500 + larger + number % 700);

    public static async Task<int> RunAsync(string path)
    {
        var early = Environment.GetEnvironmentVariable(EarlyVariable) is not null;
        var faults = new CommitFaults { AcknowledgeEarly = early, BeforeCommit = early ? () => Thread.Sleep(200) : null };
        await using var server = EmbeddedMongo.Open(new EmbeddedStoreOptions { Path = path, Faults = faults });
        var database = new MongoClient(server.CreateClientSettings()).GetDatabase("test");
        var rows = database.GetCollection<BsonDocument>("rows");
        rows.Indexes.CreateOne(new CreateIndexModel<BsonDocument>("{ code: 1 }", new CreateIndexOptions { Unique = true }));
        rows.Indexes.CreateOne(new CreateIndexModel<BsonDocument>("{ writer: 1, number: -1 }"));
        var writers = Enumerable.Range(0, Writers).Select(writer => new Thread(() => Write(rows, database.GetCollection<BsonDocument>("counters"), writer))).ToList();
        writers.ForEach(writer => writer.Start());
        await Task.Delay(TimeSpan.FromMinutes(5));
        return 0;
    }

    private static void Write(IMongoCollection<BsonDocument> rows, IMongoCollection<BsonDocument> counters, int writer)
    {
        var upsert = new UpdateOptions { IsUpsert = true };
        for (var number = 1; ; number++)
        {
            var row = new BsonDocument
            {
                { "_id", $"{writer}-{number}" }, { "code", writer * 1_000_000 + number }, { "writer", writer }, { "number", number }, { "text", TextOf(writer, number, Larger) },
            };
            var id = new BsonDocument("_id", row["_id"]);
            UntilTaken(() => rows.InsertOne(row), () =>
            {
                if (rows.CountDocuments(id) > 0)
                    Say("refused-but-there", writer, number);
            });
            Say("row", writer, number);
            UntilTaken(() => counters.UpdateOne(new BsonDocument("_id", writer), new BsonDocument("$inc", new BsonDocument("count", 1)), upsert), () => { });
            Say("counter", writer, number);
            if (number % 3 == 0)
            {
                UntilTaken(() => rows.DeleteOne(new BsonDocument("_id", $"{writer}-{number - 1}")), () => { });
                Say("deleted", writer, number - 1);
            }
        }
    }

    private static void UntilTaken(Action write, Action refused)
    {
        while (true)
        {
            try
            {
                write();
                return;
            }
            catch (MongoCommandException error) when (error.Code == 14031)
            {
                refused();
                Say("refused", 0, 0);
                Thread.Sleep(10);
            }
        }
    }

    private static void Say(string what, int writer, int number)
    {
        lock (Output)
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} {writer} {number}"));
    }
}
