using System.Globalization;
using System.Text;
using System.Text.Json;
using Loyalty.Benchmarks.EmbeddedStore;
using Loyalty.Campaigns.Contracts;
using Microsoft.Extensions.DependencyInjection;
using MongoDB.Driver;

namespace Loyalty.Benchmarks.Events;

/// <summary>What an event costs beside 200 running campaigns that its account cannot match, against one: two hosts in this process, in turn.</summary>
internal static class CampaignBenchmark
{
    private const int Many = 200;
    private const int Accounts = 10_000;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("loyalty-benchmark-");
        await using var few = await BenchmarkHost.StartAsync(Path.Combine(folder.FullName, "few"));
        await using var many = await BenchmarkHost.StartAsync(Path.Combine(folder.FullName, "many"));
        using var withFew = await BenchmarkHost.ClientAsync(few);
        using var withMany = await BenchmarkHost.ClientAsync(many);
        await AddCampaignsAsync(withMany, many.Services.GetRequiredService<IMongoDatabase>());
        foreach (var http in new[] { withFew, withMany })
            await EventBenchmark.PostAsync(http, 16, 80_000, _ => Random.Shared.Next(Accounts));
        Console.WriteLine($"Events in batches of 100 beside {Many} dynamic campaigns, against the same beside one");
        foreach (var callers in new[] { 1, 16 })
        {
            var rates = await Figures.CompareAsync(5, 4_000 * callers,
                count => EventBenchmark.PostAsync(withMany, callers, count, _ => Random.Shared.Next(Accounts)),
                count => EventBenchmark.PostAsync(withFew, callers, count, _ => Random.Shared.Next(Accounts)));
            Figures.Print($"{callers} callers", rates, 0.5);
        }
        await few.StopAsync();
        await many.StopAsync();
        folder.Delete(true);
    }

    /// <summary>Half of them look at a property that nobody has, half at a tag.</summary>
    private static async Task AddCampaignsAsync(HttpClient http, IMongoDatabase database)
    {
        await database.GetCollection<CampaignSettings>("campaigns.settings").ReplaceOneAsync(
            settings => settings.Tenant == "demo", new CampaignSettings { Tenant = "demo", CampaignLimit = 1000 }, new ReplaceOptions { IsUpsert = true });
        await Task.Delay(TimeSpan.FromSeconds(6));
        for (var number = 1; number < Many; number++)
        {
            var field = number % 2 == 0 ? $"properties.never-{number}" : $"tags.never-{number}";
            await SendAsync(http, HttpMethod.Post, "api/campaign", string.Create(CultureInfo.InvariantCulture, $$"""
                { "id": "c{{number}}", "type": "STANDARD", "name": "Campaign {{number}}", "dynamic": true, "constraints": [{ "field": "{{field}}", "op": "EQ", "value": ["true"] }],
                  "states": [{ "id": "hello", "type": "MESSAGE", "title": "Hello", "message": "Hello" }] }
                """));
            await SendAsync(http, HttpMethod.Post, $"api/campaign/c{number}/initialize", "");
        }
        for (var running = 0; running < Many - 1; await Task.Delay(200))
            running = (await SendAsync(http, HttpMethod.Get, $"api/campaign/c{Many - 1}", null)).GetProperty("status").GetString() == "RUNNING" ? Many : 0;
    }

    private static async Task<JsonElement> SendAsync(HttpClient http, HttpMethod method, string path, string? json)
    {
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync());
    }
}
