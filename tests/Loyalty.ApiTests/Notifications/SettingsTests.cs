namespace Loyalty.ApiTests.Notifications;

/// <summary>Where a tenant has notifications and credits sent.</summary>
public sealed class SettingsTests(SharedHost host)
{
    private const string Secret = "a-secret-of-the-settings-tests";

    [Fact]
    public async Task What_is_set_is_answered_but_secrets_and_what_is_absent_stays()
    {
        using var administrator = await host.AsAdministratorAsync();
        var tenant = Unique.Id("brand");
        var path = $"auth-api/api/tenant/{tenant}/loyalty";
        await administrator.PostJsonAsync("auth-api/api/tenant", $$"""{ "id": "{{tenant}}", "name": "Another brand" }""", status: 201);
        Assert.Equal("PT1H", (await administrator.GetJsonAsync(path)).Text("notificationLateness"));

        var set = await administrator.PutJsonAsync(path, $$"""
            { "pushConsent": "news", "notificationLateness": "PT30M", "pushWebhookUrl": "https://push.example.com/x", "pushWebhookSecret": "{{Secret}}",
              "walletUrl": "https://wallet.example.com", "walletSecret": "{{Secret}}" }
            """);

        Assert.DoesNotContain(Secret, set.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(("news", "PT30M", "https://push.example.com/x", true), (set.Text("pushConsent"), set.Text("notificationLateness"), set.Text("pushWebhookUrl"), set.GetProperty("pushWebhookSecretSet").GetBoolean()));
        Assert.Equal(("https://wallet.example.com", true), (set.Text("walletUrl"), set.GetProperty("walletSecretSet").GetBoolean()));
        var kept = await administrator.PutJsonAsync(path, """{ "walletUrl": null }""");
        Assert.Equal("https://push.example.com/x", kept.Text("pushWebhookUrl"));
        Assert.False(kept.TryGetProperty("walletUrl", out _));
    }

    [Theory]
    [InlineData("pushWebhookUrl", "http://push.example.com/x", "pushWebhookUrl")]
    [InlineData("pushWebhookUrl", "https://10.0.0.1/x", "pushWebhookUrl")]
    [InlineData("pushWebhookUrl", "https://169.254.169.254/latest", "pushWebhookUrl")]
    [InlineData("pushWebhookUrl", "nonsense", "pushWebhookUrl")]
    [InlineData("walletUrl", "https://192.168.0.1", "walletUrl")]
    [InlineData("walletUrl", "https://wallet.example.com", "walletSecret")]
    [InlineData("pushWebhookUrl", "https://push.example.com", "pushWebhookSecret")]
    [InlineData("pushWebhookSecret", "short", "pushWebhookSecret")]
    [InlineData("pushWebhookSecret", "whsec_this is no base64", "pushWebhookSecret")]
    [InlineData("walletSecret", "short", "walletSecret")]
    [InlineData("notificationLateness", "an hour", "notificationLateness")]
    [InlineData("notificationLateness", "-PT1H", "notificationLateness")]
    [InlineData("notificationLateness", "P31D", "notificationLateness")]
    public async Task What_cannot_be_used_is_refused_by_its_field(string field, string value, string named)
    {
        using var administrator = await host.AsAdministratorAsync();
        var tenant = Unique.Id("brand");
        await administrator.PostJsonAsync("auth-api/api/tenant", $$"""{ "id": "{{tenant}}", "name": "Another brand" }""", status: 201);

        var problem = await administrator.PutJsonAsync($"auth-api/api/tenant/{tenant}/loyalty", $$"""{ "{{field}}": "{{value}}" }""", 400);

        Assert.True(problem.GetProperty("errors").TryGetProperty(named, out _), problem.GetRawText());
    }

    [Fact]
    public async Task A_placeholder_that_nothing_stands_for_is_refused_when_the_campaign_is_saved()
    {
        using var partner = await host.AsPartnerAsync();
        var campaign = Unique.Id("typo");

        var problem = await partner.PutJsonAsync($"api/campaign/{campaign}", Notified.Campaign(
            campaign, Notified.Message, """{ "type": "DYNAMIC_JOIN", "title": "Hello {{fristName}}", "message": "m" }"""), 400);

        Assert.True(problem.GetProperty("errors").TryGetProperty("notifications[0].title", out _), problem.GetRawText());
    }

    [Fact]
    public async Task Only_the_tenant_s_own_administrators_set_it()
    {
        using var member = await host.AsMemberAsync();
        using var partner = await host.AsPartnerAsync();
        await member.PutJsonAsync("auth-api/api/tenant/demo/loyalty", "{}", 403);
        await partner.PutJsonAsync("auth-api/api/tenant/demo/loyalty", "{}", 403);
    }
}
