using System.Text;
using System.Text.Json;

namespace Loyalty.ApiTests.Campaigning;

/// <summary>What may be changed in a campaign, when, and by whom.</summary>
public sealed class EditingTests(SharedHost host)
{
    [Fact]
    public async Task Two_editors_cannot_overwrite_each_other_unseen()
    {
        using var brand = await Brand.MakeAsync(host);
        var campaign = Campaigns.ForTag("edited", "x", Campaigns.Hello);

        Assert.Equal("\"1\"", (await PutAsync(brand, campaign, 200, ("If-None-Match", "*"))).ETag);
        Assert.Equal("\"2\"", (await PutAsync(brand, campaign, 200, ("If-Match", "\"1\""))).ETag);
        var refused = await PutAsync(brand, campaign, 412, ("If-Match", "\"1\""));
        Assert.Equal("version_mismatch", refused.Body.Text("code"));
        await PutAsync(brand, campaign, 412, ("If-None-Match", "*"));
        await PutAsync(brand, campaign, 412, ("If-Match", "yesterday's"));
        await PutAsync(brand, campaign.Replace("\"dynamic\"", "\"version\": 1, \"dynamic\"", StringComparison.Ordinal), 412);
        await PutAsync(brand, campaign.Replace("\"dynamic\"", "\"version\": 1, \"dynamic\"", StringComparison.Ordinal), 400, ("If-Match", "\"2\""));
        await PutAsync(brand, campaign.Replace("\"edited\"", "\"another\"", StringComparison.Ordinal), 412, ("If-Match", "*"));

        Assert.Equal("\"3\"", (await PutAsync(brand, campaign.Replace("\"dynamic\"", "\"version\": 2, \"dynamic\"", StringComparison.Ordinal), 200)).ETag);
        Assert.Equal("\"4\"", (await PutAsync(brand, campaign, 200)).ETag);
        var read = await brand.Manager.GetAsync(new Uri("api/campaign/edited", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("\"4\"", read.Headers.ETag?.Tag);
    }

    [Fact]
    public async Task Of_many_editors_at_once_with_the_same_version_one_gets_through()
    {
        using var brand = await Brand.MakeAsync(host);
        await PutAsync(brand, Campaigns.ForTag("edited", "x", Campaigns.Hello), 200);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(async editor =>
        {
            using var request = Request(Campaigns.ForTag("edited", $"x{editor}", Campaigns.Hello), ("If-Match", "\"1\""));
            using var answer = await brand.Manager.SendAsync(request, TestContext.Current.CancellationToken);
            return (int)answer.StatusCode;
        }));

        Assert.Equal(1, answers.Count(status => status == 200));
        Assert.Equal(11, answers.Count(status => status == 412));
    }

    [Fact]
    public async Task A_running_campaign_changes_only_its_name_its_notifications_and_its_end()
    {
        using var brand = await Brand.MakeAsync(host);
        await Campaigns.RunAsync(brand.Manager, "running", Campaigns.ForTag("running", "x", Campaigns.Hello));

        await PutAsync(brand, Campaigns.ForTag("running", "x", Campaigns.Hello, "\"activeTo\": \"2999-01-01T00:00:00Z\", \"notifications\": [],")
            .Replace("of a test", "of another name", StringComparison.Ordinal), 200);
        Assert.Equal("campaign_started", (await PutAsync(brand, Campaigns.ForTag("running", "y", Campaigns.Hello), 409)).Body.Text("code"));
        await PutAsync(brand, Campaigns.ForTag("running", "x", Campaigns.Coffee), 409);
        await PutAsync(brand, Campaigns.ForTag("running", "x", Campaigns.Hello, "\"activeFrom\": \"2000-01-01T00:00:00Z\","), 409);
        Assert.Equal("campaign_initialized", (await brand.Manager.PostJsonAsync("api/campaign/running/initialize", "", 409)).Text("code"));
        Assert.Equal("campaign_initialized", (await brand.Manager.GetJsonAsync("api/campaign/running/preview", 409)).Text("code"));
        await brand.Manager.PostJsonAsync("api/campaign/running/finalize", "");
        Assert.Equal("campaign_finalized", (await PutAsync(brand, Campaigns.ForTag("running", "x", Campaigns.Hello), 409)).Body.Text("code"));
    }

    [Fact]
    public async Task Only_so_many_campaigns_run_at_once()
    {
        using var brand = await Brand.MakeAsync(host);
        await brand.Manager.PutJsonAsync($"auth-api/api/tenant/{brand.Tenant}/loyalty", """{ "campaignLimit": 2 }""");
        await Eventually.TrueAsync(async () =>
            (await brand.Manager.GetJsonAsync($"auth-api/api/tenant/{brand.Tenant}/loyalty")).GetProperty("campaignLimit").GetInt32() == 2, "the limit is 2");
        await Campaigns.RunAsync(brand.Manager, "one", Campaigns.ForTag("one", "x", Campaigns.Hello));
        await PutAsync(brand, Campaigns.ForTag("two", "x", Campaigns.Hello, "\"activeFrom\": \"2999-01-01T00:00:00Z\","), 200);
        Assert.Equal("SCHEDULED", (await brand.Manager.PostJsonAsync("api/campaign/two/initialize", "")).Text("status"));
        await PutAsync(brand, Campaigns.ForTag("three", "x", Campaigns.Hello), 200);

        Assert.Equal("campaign_limit", (await brand.Manager.PostJsonAsync("api/campaign/three/initialize", "", 409)).Text("code"));
        await brand.Manager.PostJsonAsync("api/campaign/one/finalize", "");
        await brand.Manager.PostJsonAsync("api/campaign/three/initialize", "");
        await brand.ReachesAsync("three", "RUNNING");
    }

    [Fact]
    public async Task What_has_not_begun_cannot_end_and_what_would_be_over_cannot_begin()
    {
        using var brand = await Brand.MakeAsync(host);
        await PutAsync(brand, Campaigns.ForTag("late", "x", Campaigns.Hello, "\"activeTo\": \"2020-01-01T00:00:00Z\","), 200);

        Assert.Equal("campaign_over", (await brand.Manager.PostJsonAsync("api/campaign/late/initialize", "", 409)).Text("code"));
        Assert.Equal("campaign_not_initialized", (await brand.Manager.PostJsonAsync("api/campaign/late/finalize", "", 409)).Text("code"));
        foreach (var call in new[] { "initialize", "finalize" })
            Assert.Equal("campaign_not_found", (await brand.Manager.PostJsonAsync($"api/campaign/nobody/{call}", "", 404)).Text("code"));
        await brand.Manager.GetJsonAsync("api/campaign/nobody/preview", 404);
        await (await brand.Manager.DeleteAsync(new Uri("api/campaign/nobody", UriKind.Relative), TestContext.Current.CancellationToken)).JsonAsync(404);
    }

    private static async Task<(string? ETag, JsonElement Body)> PutAsync(Brand brand, string campaign, int status, params (string Name, string Value)[] headers)
    {
        using var request = Request(campaign, headers);
        using var answer = await brand.Manager.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.Headers.ETag?.Tag, await answer.JsonAsync(status));
    }

    private static HttpRequestMessage Request(string campaign, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"api/campaign/{JsonElement.Parse(campaign).Text("id")}")
        {
            Content = new StringContent(campaign, Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
