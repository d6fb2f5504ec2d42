using System.Net;
using Loyalty.Auth;
using Microsoft.Extensions.Time.Testing;
using MongoDB.Driver;

namespace Loyalty.Tests.Auth;

public sealed class RefreshTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private AuthHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await AuthHost.StartAsync<AuthTestModule>(null, time);
        await host.GivenClientOfPeopleAsync();
        await host.GivenPersonAsync("acme", "alice", "correct horse", Roles.Loyalty);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_refresh_token_is_used_up_for_a_new_pair()
    {
        var first = await SignInAsync();
        var response = await host.RefreshAsync(first.Refresh);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var second = await AuthHost.JsonAsync(response);
        Assert.NotEqual(first.Refresh, second.Text("refresh_token"));
        Assert.NotEmpty(second.Text("UUID"));
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/api/my", second.Text("access_token"))).StatusCode);
    }

    [Fact]
    public async Task A_lost_answer_is_given_again_within_half_a_minute()
    {
        var first = await SignInAsync();
        var second = await AuthHost.JsonAsync(await host.RefreshAsync(first.Refresh));
        time.Advance(TimeSpan.FromSeconds(29));
        var again = await AuthHost.JsonAsync(await host.RefreshAsync(first.Refresh));
        Assert.Equal((second.Text("access_token"), second.Text("refresh_token"), second.Text("UUID")), (again.Text("access_token"), again.Text("refresh_token"), again.Text("UUID")));
        Assert.InRange(again.GetProperty("expires_in").GetInt32(), second.GetProperty("expires_in").GetInt32() - 30, second.GetProperty("expires_in").GetInt32());
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/api/my", again.Text("access_token"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.RefreshAsync(again.Text("refresh_token"))).StatusCode);
    }

    [Fact]
    public async Task A_refresh_token_that_is_reused_later_ends_its_family()
    {
        var first = await SignInAsync();
        var second = await AuthHost.JsonAsync(await host.RefreshAsync(first.Refresh));
        time.Advance(TimeSpan.FromSeconds(31));
        await EndsAsync(first.Refresh, first.Access, second);
    }

    [Fact]
    public async Task A_refresh_token_whose_successor_was_used_ends_its_family()
    {
        var first = await SignInAsync();
        var second = await AuthHost.JsonAsync(await host.RefreshAsync(first.Refresh));
        var third = await AuthHost.JsonAsync(await host.RefreshAsync(second.Text("refresh_token")));
        await EndsAsync(first.Refresh, second.Text("access_token"), third);
    }

    [Fact]
    public async Task Another_sign_in_is_another_family()
    {
        var (phone, till) = (await SignInAsync(), await SignInAsync());
        await host.RefreshAsync(phone.Refresh);
        time.Advance(TimeSpan.FromSeconds(31));
        await host.RefreshAsync(phone.Refresh);
        Assert.Equal(HttpStatusCode.OK, (await host.RefreshAsync(till.Refresh)).StatusCode);
    }

    [Fact]
    public async Task Parallel_uses_all_get_the_one_pair_of_the_winner()
    {
        for (var race = 0; race < 100; race++)
        {
            var first = await SignInAsync();
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => host.RefreshAsync(first.Refresh))));
            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
            var pairs = await Task.WhenAll(answers.Select(AuthHost.JsonAsync));
            Assert.Single(pairs.Select(pair => (pair.Text("access_token"), pair.Text("refresh_token"))).Distinct());
            Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/api/my", pairs[0].Text("access_token"))).StatusCode);
            var entries = await host.Get<IMongoDatabase>().GetCollection<Token>("auth.tokens")
                .CountDocumentsAsync(token => token.AuthorizationId == AuthHost.Decode(first.Access).Text("oi_au_id"), cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(4, entries);
        }
    }

    [Fact]
    public async Task What_is_kept_for_a_lost_answer_cannot_be_opened_from_the_store()
    {
        var first = await SignInAsync();
        var second = await AuthHost.JsonAsync(await host.RefreshAsync(first.Refresh));
        var tokens = await host.Get<IMongoDatabase>().GetCollection<Token>("auth.tokens").Find(token => token.Successor != null).ToListAsync(TestContext.Current.CancellationToken);
        var box = Assert.Single(tokens);
        Assert.DoesNotContain(second.Text("refresh_token"), System.Text.Encoding.Latin1.GetString(box.Successor!), StringComparison.Ordinal);
        Assert.Equal(second.Text("refresh_token"), Successor.Open(box.Successor, first.Refresh, box.Id)!.RefreshToken);
        Assert.Null(Successor.Open(box.Successor, second.Text("refresh_token"), box.Id));
        Assert.Null(Successor.Open(box.Successor, first.Refresh, "another"));
    }

    [Fact]
    public async Task Revoking_a_refresh_token_ends_its_access_tokens()
    {
        foreach (var used in new[] { false, true })
        {
            var first = await SignInAsync();
            var access = used ? (await AuthHost.JsonAsync(await host.RefreshAsync(first.Refresh))).Text("access_token") : first.Access;
            var revoked = await host.AskTokenAsync("/connect/revoke", null, "app:app-secret-of-tests", ("token", first.Refresh));
            Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
            foreach (var token in new[] { first.Access, access })
                Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync("/api/my", token)).StatusCode);
        }
    }

    [Fact]
    public async Task A_refresh_stays_in_its_tenant()
    {
        var first = await SignInAsync();
        var response = await host.RefreshAsync(first.Refresh, "other");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_grant", (await AuthHost.JsonAsync(response)).Text("error"));
        Assert.Equal(HttpStatusCode.OK, (await host.RefreshAsync(first.Refresh, "acme")).StatusCode);
    }

    private async Task EndsAsync(string reused, string access, System.Text.Json.JsonElement last)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await host.RefreshAsync(reused)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.RefreshAsync(last.Text("refresh_token"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync("/api/my", last.Text("access_token"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync("/api/my", access)).StatusCode);
    }

    private async Task<(string Access, string Refresh)> SignInAsync()
    {
        var answer = await AuthHost.JsonAsync(await host.SignInAsync("acme", "alice", "correct horse"));
        return (answer.Text("access_token"), answer.Text("refresh_token"));
    }
}
