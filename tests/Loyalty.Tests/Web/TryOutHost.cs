using System.Text;
using System.Text.Json;
using Loyalty.Modularity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Loyalty.Tests.Web;

/// <summary>The Web module with a try-out module, on a port of its own.</summary>
public sealed class TryOutHost : IAsyncLifetime
{
    private readonly WebApplication app = Build<TryOut>("Production");

    public HttpClient Http { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await app.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }

    public async Task<(int Status, JsonElement Json)> SendAsync(HttpMethod method, string path, string? json = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, type);
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, text.StartsWith('{') || text.StartsWith('"') ? JsonElement.Parse(text) : default);
    }

    internal static WebApplication Build<TRoot>(string environment) where TRoot : AppModule
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddModules<TRoot>();
        var app = builder.Build();
        app.UseModules();
        return app;
    }
}
