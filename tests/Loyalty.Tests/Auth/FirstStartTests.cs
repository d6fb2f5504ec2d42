using System.Net;
using Loyalty.Auth;
using MongoDB.Driver;

namespace Loyalty.Tests.Auth;

public sealed class FirstStartTests
{
    [Fact]
    public async Task The_first_start_makes_an_administrator_whose_password_is_told_once()
    {
        await using var first = await AuthHost.StartAsync();
        await first.GivenClientOfPeopleAsync();
        var made = first.Get<FirstStart>();
        Assert.Equal("admin", made.AdministratorLogin);
        Assert.Equal(HttpStatusCode.OK, (await first.SignInAsync("system", "admin", made.AdministratorPassword!)).StatusCode);
        await using var second = await AuthHost.StartAsync(first.Get<IMongoDatabase>());
        Assert.Null(second.Get<FirstStart>().AdministratorPassword);
    }

    [Fact]
    public async Task The_configuration_may_name_the_administrator()
    {
        await using var host = await AuthHost.StartAsync(("Auth:Administrator:Login", "boss"), ("Auth:Administrator:Password", "a long pass phrase"));
        await host.GivenClientOfPeopleAsync();
        Assert.Null(host.Get<FirstStart>().AdministratorPassword);
        Assert.Equal(HttpStatusCode.OK, (await host.SignInAsync("system", "boss", "a long pass phrase")).StatusCode);
    }

    [Fact]
    public async Task A_lost_administrators_password_is_set_anew()
    {
        await using var first = await AuthHost.StartAsync();
        await first.GivenClientOfPeopleAsync();
        var lost = first.Get<FirstStart>().AdministratorPassword!;
        await using var second = await AuthHost.StartAsync(first.Get<IMongoDatabase>(), ("Auth:Administrator:Reset", "true"));
        Assert.Equal(HttpStatusCode.BadRequest, (await second.SignInAsync("system", "admin", lost)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await second.SignInAsync("system", "admin", second.Get<FirstStart>().AdministratorPassword!)).StatusCode);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("short")]
    [InlineData("Administrator")]
    public async Task Production_refuses_a_password_that_everybody_knows(string password) =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => AuthHost.StartAsync(("Auth:Administrator:Password", password)));

    [Fact]
    public async Task Tokens_are_good_on_another_host_and_after_a_restart()
    {
        await using var first = await AuthHost.StartAsync();
        await first.GivenPartnerAsync("one", ["acme"], Roles.Loyalty);
        var token = await first.TokenOfPartnerAsync("one");
        await using var second = await AuthHost.StartAsync(first.Get<IMongoDatabase>());
        Assert.Equal(HttpStatusCode.OK, (await second.CallAsync("/api/accounts", token)).StatusCode);
    }
}
