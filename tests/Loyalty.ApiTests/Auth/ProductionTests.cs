namespace Loyalty.ApiTests.Auth;

/// <summary>What a host outside of Development refuses, and what it leaves on the disk.</summary>
public sealed class ProductionTests
{
    [Theory]
    [InlineData("Demo__PeopleClientSecret", "secret", "Demo:PeopleClientSecret")]
    [InlineData("Demo__ClientSecret", "demo-secret", "Demo:ClientSecret")]
    [InlineData("EmbeddedStore__ListenPort", "27999", "EmbeddedStore:ListenPort")]
    [InlineData("Auth__KeyEncryptionSecret", "changeme", "Auth:KeyEncryptionSecret")]
    [InlineData("Auth__Administrator__Password", "Password1234!", "Auth:Administrator:Password")]
    public async Task It_refuses_what_everybody_knows(string setting, string value, string named)
    {
        await using var host = InProduction();
        host.Settings[setting] = value;
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());
        Assert.False(host.IsRunning);
        Assert.Contains(named, host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_keeps_no_key_in_the_home_folder_and_seals_the_secrets_of_tenants()
    {
        var home = Directory.CreateTempSubdirectory("loyalty-home-");
        try
        {
            await using var host = InProduction();
            host.Settings["HOME"] = home.FullName;
            host.Settings["Demo__Enabled"] = "true";
            host.Settings["Demo__PeopleClientSecret"] = "a-secret-for-people-of-tests";
            await host.StartAsync();
            var tokens = await host.Tokens.AskAsync("ordering", "a-secret-for-people-of-tests", "demo",
                new() { ["grant_type"] = "password", ["username"] = "manager", ["password"] = HostProcess.ManagerPassword });
            using var manager = await host.Tokens.ClientAsync(Task.FromResult(tokens.Text("access_token")));
            const string Secret = "a-webhook-secret-to-be-sealed";
            await manager.PutJsonAsync("auth-api/api/tenant/demo/loyalty", $$"""{ "orderWebhookSecret": "{{Secret}}", "walletSecret": "{{Secret}}", "pushWebhookSecret": "{{Secret}}" }""");
            var settings = await manager.GetJsonAsync("auth-api/api/tenant/demo/loyalty");
            Assert.True(settings.GetProperty("orderWebhookSecretSet").GetBoolean());
            await host.KillAsync();
            Assert.Empty(Directory.EnumerateFiles(home.FullName, "*key*", SearchOption.AllDirectories));
            Assert.SkipUnless(File.Exists(host.StorePath), "On a real MongoDB there is no file to look into.");
            foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(host.StorePath)!))
                Assert.True((await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Secret)) < 0, file);
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private static HostProcess InProduction()
    {
        var host = new HostProcess();
        host.Settings["ASPNETCORE_ENVIRONMENT"] = "Production";
        host.Settings["Auth__KeyEncryptionSecret"] = "a secret for the tests of production";
        return host;
    }
}
