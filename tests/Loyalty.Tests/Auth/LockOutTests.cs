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
}
