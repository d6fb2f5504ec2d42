using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Loyalty.ApiTests;

/// <summary>A real HTTP server that takes what the host sends out: it can fail, hang, be busy, and disappear.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<Received> calls = new();
    private readonly ConcurrentDictionary<string, Received> effects = new();
    private readonly int port = HostProcess.FreePort();
    private WebApplication? app;

    /// <summary>The status that a call is answered with; 200 unless a test says otherwise.</summary>
    public Func<Received, HttpContext, Task<int>> Answer { get; set; } = (_, _) => Task.FromResult(200);

    public string Url => $"http://127.0.0.1:{port}/hook";

    /// <summary>Every call, in the order in which they came.</summary>
    public IReadOnlyList<Received> Calls => [.. calls];

    /// <summary>What a receiver that goes by the idempotency key has made of them: each key once, if it was ever answered with a 2xx.</summary>
    public IReadOnlyList<Received> Effects => [.. effects.Values.OrderBy(call => call.At)];

    public static async Task<Receiver> StartAsync()
    {
        var receiver = new Receiver();
        await receiver.AppearAsync();
        return receiver;
    }

    public async Task AppearAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        app = builder.Build();
        app.Run(TakeAsync);
        await app.StartAsync();
    }

    public async Task DisappearAsync()
    {
        if (app is null)
            return;
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
        app = null;
    }

    public async ValueTask DisposeAsync() => await DisappearAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var call = new Received(
            context.Request.Path, context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()),
            await reader.ReadToEndAsync(), TimeProvider.System.GetUtcNow());
        calls.Enqueue(call);
        context.Response.StatusCode = await Answer(call, context);
        if (context.Response.StatusCode is >= 200 and < 300)
            effects.TryAdd(call.Key, call);
    }
}

/// <summary>One call as the receiver got it.</summary>
internal sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, string Body, DateTimeOffset At)
{
    public string Key => Headers["idempotency-key"];

    public JsonElement Json => JsonElement.Parse(Body);
}
