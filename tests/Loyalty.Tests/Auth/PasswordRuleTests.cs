using System.Net;
using Loyalty.Auth;

namespace Loyalty.Tests.Auth;

/// <summary>What a password may be, when it is set; and nothing is asked of one when somebody signs in.</summary>
public sealed class PasswordRuleTests
{
    [Theory]
    [InlineData("password123")]
    [InlineData("Password123!")]
    [InlineData("P@ssw0rd2024")]
    [InlineData("1234567890")]
    [InlineData("0987654321")]
    [InlineData("12345678901234567890")]
    [InlineData("qwertyuiop")]
    [InlineData("poiuytrewq")]
    [InlineData("abcdefghijklm")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abcabcabcabc")]
    [InlineData("letmein2026!")]
    [InlineData("iloveyou1234")]
    [InlineData("administrator")]
    [InlineData("!!monkey!!1!")]
    [InlineData("qazwsxedcrfv")]
    public void Common_passwords_are_known(string password) => Assert.True(CommonPasswords.Contain(password));

    [Theory]
    [InlineData("correct horse")]
    [InlineData("battery staple")]
    [InlineData("a long pass phrase")]
    [InlineData("k7vq2mzt9xhb")]
    [InlineData("Api-tests-administrator-1")]
    [InlineData("Zażółć gęślą jaźń")]
    public void Others_are_not(string password) => Assert.False(CommonPasswords.Contain(password));

    [Fact]
    public void What_the_host_makes_up_is_never_common()
    {
        for (var round = 0; round < 1000; round++)
            Assert.Null(PersonRules.FaultOf(Passwords.Generate(), "admin"));
    }

    [Theory]
    [InlineData("ninechars", false)]
    [InlineData("ten chars!", true)]
    [InlineData("password123", false)]
    [InlineData("Alice.Of.Acme", false)]
    public async Task A_password_is_looked_at_wherever_it_is_set(string password, bool good)
    {
        await using var host = await AuthHost.StartAsync();
        await host.GivenClientOfPeopleAsync();
        await host.Get<Tenants>().TryCreateAsync(new Tenant("acme", "Acme", SelfRegistration: true), TestContext.Current.CancellationToken);
        await host.GivenPersonAsync("acme", "root", "correct horse", Roles.Su);
        var alice = await host.GivenPersonAsync("acme", "alice.of.acme", "correct horse");
        var (su, token) = (await host.TokenOfPersonAsync("acme", "root", "correct horse"), await host.TokenOfPersonAsync("acme", "alice.of.acme", "correct horse"));
        var answers = new[]
        {
            await host.CallAsync($"/auth-api/api/user/{alice.Id}/password", su, null, HttpMethod.Post, new { password }),
            await host.CallAsync("/auth-api/api/user", su, null, HttpMethod.Post, new { login = password == "Alice.Of.Acme" ? "alice.of.ACME@x" : "bob", password }),
            await host.CallAsync("/auth-api/api/register", null, "acme", HttpMethod.Post, new { login = password == "Alice.Of.Acme" ? "Alice.of.acme@y" : "cid", password }),
        };
        Assert.All(answers, answer => Assert.Equal(good, answer.IsSuccessStatusCode));
        if (good)
            return;
        var mine = await host.CallAsync("/auth-api/api/me/password", token, null, HttpMethod.Post, new { current = "correct horse", password });
        Assert.Equal(HttpStatusCode.BadRequest, mine.StatusCode);
    }

    [Fact]
    public async Task A_password_from_before_these_rules_still_signs_in()
    {
        await using var host = await AuthHost.StartAsync();
        await host.GivenClientOfPeopleAsync();
        await host.GivenPersonAsync("acme", "old", "short");
        Assert.Equal(HttpStatusCode.OK, (await host.SignInAsync("acme", "old", "short")).StatusCode);
    }

    [Fact]
    public async Task A_password_has_at_most_128_characters()
    {
        await using var host = await AuthHost.StartAsync();
        await host.GivenClientOfPeopleAsync();
        await host.GivenPersonAsync("acme", "root", "correct horse", Roles.Su);
        var su = await host.TokenOfPersonAsync("acme", "root", "correct horse");
        var longest = string.Concat(Enumerable.Range(0, 64).Select(number => $"{(char)('a' + (number * 7 % 26))}{number % 10}"));
        foreach (var (password, status) in new[] { (longest, HttpStatusCode.Created), (longest + "x", HttpStatusCode.BadRequest) })
            Assert.Equal(status, (await host.CallAsync("/auth-api/api/user", su, null, HttpMethod.Post, new { login = $"p{password.Length}", password })).StatusCode);
    }
}
