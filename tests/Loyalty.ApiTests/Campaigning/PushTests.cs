namespace Loyalty.ApiTests.Campaigning;

/// <summary>Pushes that were sent for a campaign, and clicks on them.</summary>
public sealed class PushTests(SharedHost host)
{
    [Fact]
    public async Task A_click_counts_once_for_an_account_and_a_push()
    {
        using var brand = await Brand.MakeAsync(host);
        var (_, one) = await brand.MemberAsync("one");
        var (_, other) = await brand.MemberAsync("other");
        await brand.Manager.PostJsonAsync("api/campaign", Campaigns.ForTag("pushed", "x", Campaigns.Hello));
        await brand.Partner.PostJsonAsync("api/campaign/pushed/push", "\"first\"");
        var campaign = await brand.Partner.PostJsonAsync("api/v2/campaign/pushed/push", """{ "pushId": "second", "title": "Coffee!" }""");
        Assert.Equal(["first", "second"], campaign.GetProperty("pushes").EnumerateArray().Select(push => push.Text("id")));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => one.PostJsonAsync("api/my/campaign/pushed/push", "\"first\"")));
        await other.PostJsonAsync("api/my/campaign/pushed/push", "\"first\"");
        await one.PostJsonAsync("api/my/campaign/pushed/push", "\"second\"");
        await one.PostJsonAsync("api/my/campaign/pushed/push", "\"first\"");

        var clicks = (await brand.Manager.GetJsonAsync("api/stats/campaign/global?name=pushed")).GetProperty("totals").GetProperty("clicks");
        Assert.Equal((2, 1), (clicks.GetProperty("first").GetInt32(), clicks.GetProperty("second").GetInt32()));
        Assert.Equal("push_not_found", (await one.PostJsonAsync("api/my/campaign/pushed/push", "\"third\"", 404)).Text("code"));
        Assert.Equal("push_not_found", (await one.PostJsonAsync("api/my/campaign/unknown/push", "\"first\"", 404)).Text("code"));
    }

    [Theory]
    [InlineData("api/campaign/pushed/push", "\"with space\"", "$")]
    [InlineData("api/campaign/pushed/push", "\"\"", "$")]
    [InlineData("api/campaign/pushed/push", "\"123456789012345678901234567890123\"", "$")]
    [InlineData("api/v2/campaign/pushed/push", """{ "pushId": "a/b" }""", "pushId")]
    [InlineData("api/v2/campaign/pushed/push", """{ "title": "x" }""", "pushId")]
    [InlineData("api/campaign/no%20id/push", "\"p\"", "campaign")]
    public async Task Refuses_what_is_no_push_id(string path, string body, string field)
    {
        using var partner = await host.AsPartnerAsync();

        var problem = await partner.PostJsonAsync(path, body, 400);

        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    [Fact]
    public async Task A_push_needs_a_campaign_that_is_not_over()
    {
        using var brand = await Brand.MakeAsync(host);
        await brand.Partner.PostJsonAsync("api/campaign/nobody/push", "\"p\"", 404);
        await Campaigns.RunAsync(brand.Manager, "over", Campaigns.ForTag("over", "x", Campaigns.Hello));
        await brand.Manager.PostJsonAsync("api/campaign/over/finalize", "");
        Assert.Equal("campaign_finalized", (await brand.Partner.PostJsonAsync("api/campaign/over/push", "\"p\"", 409)).Text("code"));
    }
}
