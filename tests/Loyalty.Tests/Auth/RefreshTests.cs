using System.Net;
using Loyalty.Auth;

namespace Loyalty.Tests.Auth;

public sealed class RefreshTests : IAsyncLifetime
{
    private AuthHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await AuthHost.StartAsync();
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
    public async Task A_reused_refresh_token_ends_its_family()
    {
        var first = await SignInAsync();
        var second = await AuthHost.JsonAsync(await host.RefreshAsync(first.Refresh));
        Assert.Equal(HttpStatusCode.BadRequest, (await host.RefreshAsync(first.Refresh)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.RefreshAsync(second.Text("refresh_token"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync("/api/my", second.Text("access_token"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync("/api/my", first.Access)).StatusCode);
    }

    [Fact]
    public async Task Another_sign_in_is_another_family()
    {
        var (phone, till) = (await SignInAsync(), await SignInAsync());
        await host.RefreshAsync(phone.Refresh);
        await host.RefreshAsync(phone.Refresh);
        Assert.Equal(HttpStatusCode.OK, (await host.RefreshAsync(till.Refresh)).StatusCode);
    }

    [Fact]
    public async Task Of_parallel_uses_exactly_one_wins()
    {
        for (var race = 0; race < 200; race++)
        {
            var first = await SignInAsync();
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => host.RefreshAsync(first.Refresh))));
            Assert.Equal(1, answers.Count(answer => answer.StatusCode is HttpStatusCode.OK));
            Assert.All(answers.Where(answer => answer.StatusCode is not HttpStatusCode.OK), answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
            var winner = await AuthHost.JsonAsync(answers.Single(answer => answer.StatusCode is HttpStatusCode.OK));
            Assert.Equal(HttpStatusCode.BadRequest, (await host.RefreshAsync(winner.Text("refresh_token"))).StatusCode);
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

    private async Task<(string Access, string Refresh)> SignInAsync()
    {
        var answer = await AuthHost.JsonAsync(await host.SignInAsync("acme", "alice", "correct horse"));
        return (answer.Text("access_token"), answer.Text("refresh_token"));
    }
}
