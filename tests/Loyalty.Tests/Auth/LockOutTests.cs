using System.Net;
using Loyalty.Auth;
using Microsoft.Extensions.Time.Testing;

namespace Loyalty.Tests.Auth;

public sealed class LockOutTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private AuthHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await AuthHost.StartAsync<AuthTestModule>(null, time);
        await host.GivenClientOfPeopleAsync();
        await host.GivenPersonAsync("acme", "alice", "correct horse");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("alice")]
    [InlineData("nobody")]
    public async Task After_five_failures_one_waits_and_each_time_longer(string login)
    {
        for (var attempt = 0; attempt < 5; attempt++)
            Assert.Equal(HttpStatusCode.BadRequest, (await host.SignInAsync("acme", login, "wrong")).StatusCode);
        var locked = await host.SignInAsync("acme", login, "correct horse");
        await AccessTests.ProblemAsync(locked, HttpStatusCode.TooManyRequests, "too_many_attempts");
        Assert.Equal(TimeSpan.FromSeconds(15), locked.Headers.RetryAfter!.Delta);
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(HttpStatusCode.BadRequest, (await host.SignInAsync("acme", login, "wrong")).StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(30), (await host.SignInAsync("acme", login, "wrong")).Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task The_right_password_forgets_the_failures()
    {
        for (var round = 0; round < 3; round++)
        {
            for (var attempt = 0; attempt < 4; attempt++)
                await host.SignInAsync("acme", "alice", "wrong");
            Assert.Equal(HttpStatusCode.OK, (await host.SignInAsync("acme", "alice", "correct horse")).StatusCode);
        }
    }

    [Fact]
    public async Task A_guess_by_many_at_once_is_as_many_guesses()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(guess => host.SignInAsync("acme", "alice", $"guess {guess}")));
        Assert.Equal(5, answers.Count(answer => answer.StatusCode is HttpStatusCode.BadRequest));
        Assert.Equal(15, answers.Count(answer => answer.StatusCode is HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task Too_many_requests_from_one_address_wait()
    {
        await using var limited = await AuthHost.StartAsync(("Auth:SignInsPerMinute", "3"));
        for (var request = 0; request < 3; request++)
            Assert.Equal(HttpStatusCode.BadRequest, (await limited.AskTokenAsync("/connect/token", null, null)).StatusCode);
        var fourth = await limited.AskTokenAsync("/auth-oauth2/oauth/token", null, null);
        await AccessTests.ProblemAsync(fourth, HttpStatusCode.TooManyRequests, "too_many_requests");
        Assert.True(fourth.Headers.RetryAfter!.Delta > TimeSpan.Zero);
    }

    [Fact]
    public async Task Too_many_calls_of_one_caller_wait()
    {
        await using var limited = await AuthHost.StartAsync(("Auth:CallsPerMinute", "2"));
        await limited.GivenPartnerAsync("one", ["acme"], Roles.Loyalty);
        await limited.GivenPartnerAsync("two", ["acme"], Roles.Loyalty);
        var (one, two) = (await limited.TokenOfPartnerAsync("one"), await limited.TokenOfPartnerAsync("two"));
        await limited.CallAsync("/api/accounts", one);
        await limited.CallAsync("/api/accounts", one);
        await AccessTests.ProblemAsync(await limited.CallAsync("/api/accounts", one), HttpStatusCode.TooManyRequests, "too_many_requests");
        Assert.Equal(HttpStatusCode.OK, (await limited.CallAsync("/api/accounts", two)).StatusCode);
    }

    [Fact]
    public async Task Nobody_elsewhere_keeps_the_right_person_out()
    {
        await using var behind = await BehindProxyAsync();
        Assert.Equal(HttpStatusCode.OK, (await FromAsync(behind, "192.0.2.1", "alice", "correct horse")).StatusCode);
        for (var guess = 0; guess < 120; guess++)
        {
            await FromAsync(behind, $"198.51.100.{guess % 60}", "alice", $"guess {guess}");
            time.Advance(TimeSpan.FromMilliseconds(300));
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, (await FromAsync(behind, "198.51.100.7", "alice", "correct horse")).StatusCode);
        for (var round = 0; round < 10; round++)
            Assert.Equal(HttpStatusCode.OK, (await FromAsync(behind, "192.0.2.1", "alice", "correct horse")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await FromAsync(behind, "203.0.113.5", "alice", "correct horse")).StatusCode);
    }

    [Fact]
    public async Task A_guess_by_many_machines_is_slowed_down_all_the_same()
    {
        await using var behind = await BehindProxyAsync();
        var looked = 0;
        for (var machine = 0; machine < 40; machine++)
            for (var guess = 0; guess < 5; guess++)
                looked += (await FromAsync(behind, $"198.51.100.{machine}", "alice", $"guess {machine} {guess}")).StatusCode is HttpStatusCode.BadRequest ? 1 : 0;
        Assert.InRange(looked, 50, 50 + (2 * 40));
    }

    [Fact]
    public async Task Client_secrets_are_locked_out_too_and_the_right_till_elsewhere_goes_on()
    {
        await using var behind = await BehindProxyAsync();
        await behind.GivenPartnerAsync("till", ["acme"], Roles.LoyaltyEvent);
        Assert.Equal(HttpStatusCode.OK, (await ClientFromAsync(behind, "192.0.2.1", "till", "till-secret-of-tests")).StatusCode);
        foreach (var client in new[] { "till", "nobody" })
        {
            for (var guess = 0; guess < 5; guess++)
                Assert.Equal(HttpStatusCode.Unauthorized, (await ClientFromAsync(behind, "198.51.100.9", client, $"guess {guess}")).StatusCode);
            var locked = await ClientFromAsync(behind, "198.51.100.9", client, "till-secret-of-tests");
            await AccessTests.ProblemAsync(locked, HttpStatusCode.TooManyRequests, "too_many_attempts");
        }
        for (var machine = 0; machine < 60; machine++)
            await ClientFromAsync(behind, $"198.51.100.{machine + 20}", "till", "guess");
        Assert.Equal(HttpStatusCode.OK, (await ClientFromAsync(behind, "192.0.2.1", "till", "till-secret-of-tests")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ClientFromAsync(behind, "203.0.113.77", "till", "till-secret-of-tests")).StatusCode);
    }

    private async Task<AuthHost> BehindProxyAsync()
    {
        var behind = await AuthHost.StartAsync<AuthTestModule>(null, time, ("Auth:Proxies:0", "127.0.0.1"));
        await behind.GivenClientOfPeopleAsync();
        await behind.GivenPersonAsync("acme", "alice", "correct horse");
        return behind;
    }

    private static Task<HttpResponseMessage> FromAsync(AuthHost host, string address, string login, string password) =>
        AskAsync(host, address, "app:app-secret-of-tests", ("grant_type", "password"), ("username", login), ("password", password));

    private static Task<HttpResponseMessage> ClientFromAsync(AuthHost host, string address, string client, string secret) =>
        AskAsync(host, address, $"{client}:{secret}", ("grant_type", "client_credentials"));

    private static async Task<HttpResponseMessage> AskAsync(AuthHost host, string address, string basic, params (string Key, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token");
        request.Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Key, field.Value)));
        request.Headers.TryAddWithoutValidation("Authorization", $"Basic {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(basic))}");
        request.Headers.TryAddWithoutValidation("x-tenant", "acme");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", address);
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", "https");
        return await host.Http.SendAsync(request);
    }
}
