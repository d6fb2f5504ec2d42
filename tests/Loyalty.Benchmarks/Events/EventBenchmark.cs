using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Loyalty.Accounts;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Benchmarks.EmbeddedStore;
using Loyalty.Events.Contracts;
using Loyalty.Host;
using Loyalty.Modularity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Benchmarks.Events;

/// <summary>
/// Events over HTTP, with a real token, decided and applied before the answer, against plain bulk inserts of the same
/// documents into the same store in the same run; and how the cost of an event grows with the number of accounts.
/// </summary>
internal static class EventBenchmark
{
    private const int PerBatch = 100;

    public static async Task RunAsync(string[] arguments)
    {
        var many = arguments is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 1_000_000;
        var folder = Directory.CreateTempSubdirectory("loyalty-benchmark-");
        await using var app = await StartAsync(folder.FullName);
        var database = app.Services.GetRequiredService<IMongoDatabase>();
        using var http = await ClientAsync(app);
        Console.WriteLine($"Events in batches of {PerBatch}, with a campaign running, against bulk inserts of the same documents");
        foreach (var callers in new[] { 1, 16 })
        {
            var rates = await Figures.CompareAsync(5, 40 * callers * PerBatch, count => PostAsync(http, callers, count, 10_000), count => InsertAsync(database, callers, count));
            Figures.Print($"{callers} callers", rates, callers == 16 ? 0.4 : 0);
        }
        Console.WriteLine("Cost of an event by the number of accounts present");
        await SeedAsync(database, 0, 10_000);
        var few = await Figures.SecondsOfAsync(() => PostAsync(http, 4, 20_000, 10_000));
        await SeedAsync(database, 10_000, many);
        var full = await Figures.SecondsOfAsync(() => PostAsync(http, 4, 20_000, many));
        Figures.Print($"{many} accounts against 10000", string.Create(CultureInfo.InvariantCulture, $"{full / few:0.00}x (aim 1.20x)"));
        await app.StopAsync();
        folder.Delete(true);
    }

    private static async Task<WebApplication> StartAsync(string folder)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration["EmbeddedStore:Path"] = Path.Combine(folder, "loyalty.db");
        builder.Configuration["Demo:ClientSecret"] = "benchmark-client-secret";
        builder.Configuration["Auth:EventsPerMinute"] = "0";
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddModules<HostModule>();
        var app = builder.Build();
        app.UseModules();
        await app.StartAsync();
        return app;
    }

    private static async Task<HttpClient> ClientAsync(WebApplication app)
    {
        var http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "demo-partner",
            ["client_secret"] = "benchmark-client-secret",
        });
        using var answer = await http.PostAsync(new Uri("connect/token", UriKind.Relative), form);
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
        return http;
    }

    private static Task PostAsync(HttpClient http, int callers, int count, int accounts) => Parallel.ForAsync(0, callers, new ParallelOptions { MaxDegreeOfParallelism = callers }, async (_, stop) =>
    {
        for (var batch = 0; batch < count / callers / PerBatch; batch++)
        {
            var body = new StringBuilder("[");
            for (var index = 0; index < PerBatch; index++)
                body.Append(index == 0 ? "" : ",").Append(EventJson(Random.Shared.Next(accounts)));
            using var content = new StringContent(body.Append(']').ToString(), Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri("api/event", UriKind.Relative), content, stop);
            answer.EnsureSuccessStatusCode();
        }
    });

    private static string EventJson(int account) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"event":"PROPERTIES","account":"bench-{{account}}","properties":{"colour":"red","last":"{{Guid.NewGuid():N}}"},"addTags":["seen"]}""");

    /// <summary>The same documents that the inbox gets, put away without deciding anything.</summary>
    private static Task InsertAsync(IMongoDatabase database, int callers, int count) => Parallel.ForAsync(0, callers, new ParallelOptions { MaxDegreeOfParallelism = callers }, async (_, stop) =>
    {
        var plain = database.GetCollection<BsonDocument>("benchmark.plain");
        for (var batch = 0; batch < count / callers / PerBatch; batch++)
        {
            var documents = Enumerable.Range(0, PerBatch).Select(index =>
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
        Mgm = MgmCode.New(),
        Header = new AccountHeader { FirstName = "Ada", LastName = $"Lovelace {number}", Email = $"ada{number}@example.com", Created = DateTimeOffset.UnixEpoch },
        Counters = new Dictionary<string, decimal> { ["orders"] = number % 10, ["total"] = number },
    };
}
