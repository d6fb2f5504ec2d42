using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Loyalty.Host;
using Loyalty.Modularity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loyalty.Benchmarks.Events;

/// <summary>The whole host in this process, on a store of its own.</summary>
internal static class BenchmarkHost
{
    public static async Task<WebApplication> StartAsync(string folder)
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

    public static async Task<HttpClient> ClientAsync(WebApplication app)
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
}
