using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loyalty.Tests.Auth;

/// <summary>What comes in over which wire, and what goes out into the logs.</summary>
public sealed class EdgeTests
{
    [Fact]
    public async Task Plain_http_from_elsewhere_is_refused_and_only_a_known_proxy_may_say_it_was_https()
    {
        await using var behindProxy = await AuthHost.StartAsync(("Auth:Proxies:0", "127.0.0.1"));
        await AccessTests.ProblemAsync(await ForwardedAsync(behindProxy, "http"), HttpStatusCode.BadRequest, "https_required");
        var secure = await ForwardedAsync(behindProxy, "https");
        Assert.Equal(HttpStatusCode.OK, secure.StatusCode);
        Assert.True(secure.Headers.Contains("Strict-Transport-Security"));

        await using var alone = await AuthHost.StartAsync();
        var unbelieved = await ForwardedAsync(alone, "https");
        Assert.Equal(HttpStatusCode.OK, unbelieved.StatusCode);
        Assert.False(unbelieved.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task A_closed_network_may_be_served_in_plain()
    {
        await using var host = await AuthHost.StartAsync(("Auth:Proxies:0", "127.0.0.0/8"), ("Auth:AllowPlainHttp", "true"));
        Assert.Equal(HttpStatusCode.OK, (await ForwardedAsync(host, "http")).StatusCode);
    }

    [Fact]
    public async Task No_login_password_or_token_reaches_the_logs()
    {
        await using var host = await AuthHost.StartAsync(("Logging:LogLevel:Default", "Information"));
        var log = new Lines();
        host.App.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        await host.GivenClientOfPeopleAsync();
        await host.GivenPersonAsync("acme", "alice-of-the-logs", "correct horse of the logs");
        var answer = await AuthHost.JsonAsync(await host.SignInAsync("acme", "alice-of-the-logs", "correct horse of the logs"));
        await host.SignInAsync("acme", "alice-of-the-logs", "wrong horse of the logs");
        await host.RefreshAsync(answer.Text("refresh_token"));
        await host.RefreshAsync(answer.Text("refresh_token"));
        await host.CallAsync("/api/my", answer.Text("access_token"));
        Assert.NotEmpty(log.All);
        string[] secrets = ["of-the-logs", "of the logs", "app-secret-of-tests", answer.Text("access_token"), answer.Text("refresh_token")];
        Assert.All(log.All, line => Assert.DoesNotContain(secrets, secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task<HttpResponseMessage> ForwardedAsync(AuthHost host, string scheme)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/open");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.Add("X-Forwarded-Proto", scheme);
        return await host.Http.SendAsync(request);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
