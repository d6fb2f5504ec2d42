using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EmbeddedStore;
using Loyalty.Host;
using Loyalty.Modularity;
using Loyalty.Mongo;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Events;

namespace Loyalty.Tests.Mongo;

/// <summary>Every command that the whole product sends while it is used is on the embedded store's allow-list.</summary>
public sealed class ScopeTests : IAsyncLifetime
{
    private const string Secret = "scope-tests-secret";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("loyalty-scope-");
    private readonly ConcurrentQueue<BsonDocument> commands = new();
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private EmbeddedMongo store = null!;
    private WebApplication app = null!;

    public async ValueTask InitializeAsync()
    {
        MongoConventions.Register();
        store = EmbeddedMongo.Open(new EmbeddedStoreOptions { Path = Path.Combine(folder.FullName, "loyalty.db") });
        var settings = store.CreateClientSettings();
        var configure = settings.ClusterConfigurator;
        settings.ClusterConfigurator = cluster =>
        {
            configure?.Invoke(cluster);
            cluster.Subscribe<CommandStartedEvent>(started => commands.Enqueue((BsonDocument)started.Command.DeepClone()));
        };
        settings.WriteConcern = WriteConcern.WMajority.With(journal: true);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ContentRootPath = folder.FullName });
        builder.Configuration["Demo:ClientSecret"] = Secret;
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddModules<HostModule>();
        builder.Services.AddSingleton(new MongoClient(settings).GetDatabase("loyalty"));
        app = builder.Build();
        app.UseModules();
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await store.DisposeAsync();
        folder.Delete(true);
    }

    [Fact]
    public async Task The_product_sends_only_what_the_allow_list_names()
    {
        using var http = await PartnerAsync();
        await PostAsync(http, """
            [
              { "event": "PROFILE", "account": "scope", "firstName": "Ada", "eventId": "scope-1" },
              { "event": "CARD", "account": "scope", "card": "scope-card" },
              { "event": "RELATION", "account": "scope", "type": "FRIEND", "id": "friend" },
              { "event": "PROPERTIES", "card": "scope-card", "addTags": ["vip"], "properties": { "a": "b" } },
              { "event": "ORDER", "account": "scope", "order": { "id": "scope-order", "status": "COMPLETED", "total": 5 } }
            ]
            """);
        await PostAsync(http, """[{ "event": "PROFILE", "account": "scope", "eventId": "scope-1" }]""");
        var coupon = (await http.GetFromJsonAsync<JsonElement>("api/account/scope", Stop)).GetProperty("coupons")[0].GetString();
        await http.GetAsync($"api/account/coupon/verify?coupon={coupon}&account=scope&lock=true", Stop);
        await http.PostAsync($"api/account/coupon/unlock?coupon={coupon}&account=scope", null, Stop);
        foreach (var path in new[] { "api/account/card/scope-card", "api/campaign/welcome", "api/stats/campaign?name=welcome", "api/export/account", "api/export/contact" })
            (await http.GetAsync(path, Stop)).EnsureSuccessStatusCode();
        await PostAsync(http, """[{ "event": "DELETED", "account": "scope" }]""");
        Assert.Contains(commands, command => command.GetElement(0).Name == "aggregate" || command.GetElement(0).Name == "find");
        Assert.Contains(commands, command => command.GetElement(0).Name == "update");
        Assert.Empty(commands.SelectMany(EmbeddedMongo.Unsupported).Distinct());
    }

    [Fact]
    public void A_command_that_is_not_on_the_list_is_noticed() =>
        Assert.NotEmpty(EmbeddedMongo.Unsupported(new BsonDocument { ["find"] = "accounts", ["filter"] = new BsonDocument("$where", "true"), ["$db"] = "loyalty" }));

    private async Task<HttpClient> PartnerAsync()
    {
        var http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "demo-partner",
            ["client_secret"] = Secret,
        });
        using var answer = await http.PostAsync("connect/token", form);
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
        return http;
    }

    private static async Task PostAsync(HttpClient http, string events)
    {
        using var content = new StringContent(events, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync("api/event", content);
        answer.EnsureSuccessStatusCode();
    }
}
