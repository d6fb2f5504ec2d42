using System.Globalization;
using System.Text;
using Loyalty.Accounts;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Benchmarks.EmbeddedStore;
using Loyalty.Events.Contracts;
using Microsoft.Extensions.DependencyInjection;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Benchmarks.Events;

/// <summary>
/// Events over HTTP, with a real token, decided and applied before the answer, against plain bulk inserts of the same
/// documents into the same store in the same run; and how the cost of an event grows with the number of accounts, told apart from
/// what it costs to touch an account for the first time.
/// </summary>
internal static class EventBenchmark
{
    private const int PerBatch = 100;
    private const int Subset = 10_000;

    public static async Task RunAsync(string[] arguments)
    {
        var many = arguments is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 1_000_000;
        var folder = Directory.CreateTempSubdirectory("loyalty-benchmark-");
        await using var app = await BenchmarkHost.StartAsync(folder.FullName);
        var database = app.Services.GetRequiredService<IMongoDatabase>();
        using var http = await BenchmarkHost.ClientAsync(app);
        // Note: a host compiles itself anew for its first minute; what is measured is one that has run for a while.
        await PostAsync(http, 16, 160_000, _ => Random.Shared.Next(Subset));
        Console.WriteLine($"Events in batches of {PerBatch}, with a campaign running, against bulk inserts of the same documents");
        foreach (var callers in new[] { 1, 16 })
        {
            var rates = await Figures.CompareAsync(5, 40 * callers * PerBatch,
                count => PostAsync(http, callers, count, _ => Random.Shared.Next(Subset)), count => InsertAsync(database, callers, count));
            Figures.Print($"{callers} callers", rates, callers == 16 ? 0.4 : 0);
        }
        await CompareLatencyAsync(http, database);
        await CompareSizesAsync(http, database, many);
        await app.StopAsync();
        folder.Delete(true);
    }

    /// <summary>What a till waits for: one event after another by one caller, against inserting one document after another.</summary>
    private static async Task CompareLatencyAsync(HttpClient http, IMongoDatabase database)
    {
        var (events, inserts) = (new List<double>(), new List<double>());
        for (var round = 0; round < 1000; round++)
        {
            events.Add(await Figures.SecondsOfAsync(() => PostAsync(http, 1, 1, _ => Random.Shared.Next(Subset), perBatch: 1)));
            inserts.Add(await Figures.SecondsOfAsync(() => InsertAsync(database, 1, 1, perBatch: 1)));
        }
        foreach (var share in new[] { 0.5, 0.99 })
        {
            var (ours, plain) = (Figures.Percentile(events, share), Figures.Percentile(inserts, share));
            Figures.Print($"one event over HTTP against one insert, p{share * 100:0}", string.Create(CultureInfo.InvariantCulture,
                $"{ours * 1000:0.0} ms against {plain * 1000:0.0} ms, {ours / plain:0.0}x"));
        }
    }

    /// <summary>The same number of accounts is hit each time, each once: first as they were seeded, then again.</summary>
    private static async Task CompareSizesAsync(HttpClient http, IMongoDatabase database, int many)
    {
        Console.WriteLine($"Cost of an event by the number of accounts present, over {Subset} of them, medians of three");
        var (first, again) = await CostAsync(http, async _ =>
        {
            await SeedAsync(database, 0, Subset);
            return 0;
        });
        await SeedAsync(database, 0, many);
        var order = Enumerable.Range(0, many).ToArray();
        new Random(7).Shuffle(order);
        var (firstOfMany, againOfMany) = await CostAsync(http, round => Task.FromResult(round * Subset % many), order);
        Print($"{many} present against {Subset}, touched before", againOfMany / again, " (aim 1.20x)");
        Print($"{many} present against {Subset}, touched for the first time", firstOfMany / first);
        Print($"first time against again, {Subset} present", first / again);
        Print($"first time against again, {many} present", firstOfMany / againOfMany);
    }

    private static void Print(string what, double factor, string aim = "") =>
        Figures.Print(what, string.Create(CultureInfo.InvariantCulture, $"{factor:0.00}x{aim}"));

    /// <param name="begin">Makes accounts ready that were not touched yet, and says where they begin in the order.</param>
    private static async Task<(double First, double Again)> CostAsync(HttpClient http, Func<int, Task<int>> begin, int[]? order = null)
    {
        var (first, again) = (new List<double>(), new List<double>());
        for (var round = 0; round < 3; round++)
        {
            var at = await begin(round);
            foreach (var seconds in new[] { first, again })
                seconds.Add(await Figures.SecondsOfAsync(() => PostAsync(http, 4, Subset, index => order is null ? index : order[at + index])));
        }
        return (Figures.Percentile(first, 0.5), Figures.Percentile(again, 0.5));
    }

    internal static Task PostAsync(HttpClient http, int callers, int count, Func<int, int> accountOf, int perBatch = PerBatch) => Parallel.ForAsync(0, callers, new ParallelOptions { MaxDegreeOfParallelism = callers }, async (caller, stop) =>
    {
        var batches = count / callers / perBatch;
        for (var batch = caller * batches; batch < (caller + 1) * batches; batch++)
        {
            var body = new StringBuilder("[");
            for (var index = 0; index < perBatch; index++)
                body.Append(index == 0 ? "" : ",").Append(EventJson(accountOf(batch * perBatch + index)));
            using var content = new StringContent(body.Append(']').ToString(), Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri("api/event", UriKind.Relative), content, stop);
            answer.EnsureSuccessStatusCode();
        }
    });

    private static string EventJson(int account) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"event":"PROPERTIES","account":"bench-{{account}}","properties":{"colour":"red","last":"{{Guid.NewGuid():N}}"},"addTags":["seen"]}""");

    /// <summary>The same documents that the inbox gets, put away without deciding anything.</summary>
    private static Task InsertAsync(IMongoDatabase database, int callers, int count, int perBatch = PerBatch) => Parallel.ForAsync(0, callers, new ParallelOptions { MaxDegreeOfParallelism = callers }, async (_, stop) =>
    {
        var plain = database.GetCollection<BsonDocument>("benchmark.plain");
        for (var batch = 0; batch < count / callers / perBatch; batch++)
        {
            var documents = Enumerable.Range(0, perBatch).Select(index =>
            {
                var id = Guid.NewGuid().ToString("N");
                return new BsonDocument
                {
                    ["_id"] = $"demo/{id}",
                    ["tenant"] = "demo",
                    ["eventId"] = id,
                    ["kind"] = "PROPERTIES",
                    ["account"] = $"bench-{index}",
                    ["at"] = DateTime.UnixEpoch,
                    ["acceptedAt"] = DateTime.UnixEpoch,
                    ["position"] = 1L,
                    ["state"] = "Pending",
                    ["body"] = EventJson(index),
                };
            });
            await plain.InsertManyAsync(documents, new InsertManyOptions { IsOrdered = false }, stop);
        }
    });

    private static async Task SeedAsync(IMongoDatabase database, int from, int to)
    {
        var accounts = database.GetCollection<Account>("accounts.accounts");
        for (var start = from; start < to; start += 1000)
        {
            var models = Enumerable.Range(start, Math.Min(1000, to - start)).Select(number => new ReplaceOneModel<Account>(
                Builders<Account>.Filter.Eq(account => account.Key, $"demo/bench-{number}"), AccountOf(number))
            { IsUpsert = true });
            await accounts.BulkWriteAsync(models, new BulkWriteOptions { IsOrdered = false });
        }
    }

    private static Account AccountOf(int number) => new()
    {
        Key = $"demo/bench-{number}",
        Tenant = "demo",
        Id = $"bench-{number}",
        Incarnation = Guid.NewGuid().ToString("N"),
        Mgm = number.ToString("D8", CultureInfo.InvariantCulture),
        Header = new AccountHeader { FirstName = "Ada", LastName = $"Lovelace {number}", Email = $"ada{number}@example.com", Created = DateTimeOffset.UnixEpoch },
        Counters = new Dictionary<string, decimal> { ["orders"] = number % 10, ["total"] = number },
    };
}
