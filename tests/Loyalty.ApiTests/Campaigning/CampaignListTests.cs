using Loyalty.ApiTests.Accounts;

namespace Loyalty.ApiTests.Campaigning;

/// <summary>The list of campaigns, in both dialects of react-admin.</summary>
public sealed class CampaignListTests(SharedHost host) : IAsyncLifetime
{
    private Brand brand = null!;

    public async ValueTask InitializeAsync()
    {
        brand = await Brand.MakeAsync(host);
        await brand.Manager.PostJsonAsync("api/campaign", Campaigns.ForTag("autumn", "x", Campaigns.Hello, "\"activeFrom\": \"2030-09-01T00:00:00Z\", \"activeTo\": \"2030-11-30T00:00:00Z\","));
        await brand.Manager.PostJsonAsync("api/campaign", Campaigns.ForTag("birthday", "x", Campaigns.Hello, type: "BIRTHDAY").Replace("of a test", "for Birthdays", StringComparison.Ordinal));
        await brand.Manager.PostJsonAsync("api/campaign", Campaigns.ForTag("coffee", "x", Campaigns.Hello).Replace("\"dynamic\": true", "\"dynamic\": false", StringComparison.Ordinal));
        await Campaigns.RunAsync(brand.Manager, "running", Campaigns.ForTag("running", "x", Campaigns.Hello));
    }

    public ValueTask DisposeAsync()
    {
        brand.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("", "autumn birthday coffee running")]
    [InlineData("range=[1,2]", "birthday coffee")]
    [InlineData("_start=1&_end=3", "birthday coffee")]
    [InlineData("""sort=["id","DESC"]""", "running coffee birthday autumn")]
    [InlineData("_sort=status&_order=ASC", "autumn birthday coffee running")]
    [InlineData("""filter={"status":"RUNNING"}""", "running")]
    [InlineData("status=DRAFT&status=RUNNING", "autumn birthday coffee running")]
    [InlineData("type=BIRTHDAY", "birthday")]
    [InlineData("dynamic=false", "coffee")]
    [InlineData("""filter={"dynamic":true,"type":"STANDARD"}""", "autumn running")]
    [InlineData("q=BIRTH", "birthday")]
    [InlineData("q=offe", "coffee")]
    [InlineData("name=birthdays", "birthday")]
    [InlineData("activeFrom=2030-01-01", "autumn")]
    [InlineData("activeFrom=2030-10-01T00:00:00Z", "")]
    [InlineData("activeTo=2030-12-31", "autumn")]
    [InlineData("id=coffee&id=autumn&id=nobody", "autumn coffee")]
    [InlineData("""filter={"id":[]}""", "")]
    public async Task Lists_what_the_filter_names(string query, string expected)
    {
        var page = await Page.GetAsync(brand.Manager, query, "api/campaign");

        Assert.Equal(expected, string.Join(' ', page.Ids));
    }

    [Fact]
    public async Task Says_how_many_there_are_in_all()
    {
        var page = await Page.GetAsync(brand.Manager, "range=[1,2]", "api/campaign");

        Assert.Equal(("campaign 1-2/4", 4), (page.ContentRange, page.Total));
    }

    [Theory]
    [InlineData("colour=red", "colour")]
    [InlineData("status=SLEEPING", "status")]
    [InlineData("dynamic=perhaps", "dynamic")]
    [InlineData("activeTo=soon", "activeTo")]
    [InlineData("""sort=["colour","ASC"]""", "sort")]
    public async Task Refuses_what_it_does_not_understand(string query, string field)
    {
        var problem = await brand.Manager.GetJsonAsync($"api/campaign?{query}", 400);

        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    [Fact]
    public async Task Is_for_people_who_may_edit_campaigns()
    {
        await brand.Partner.GetJsonAsync("api/campaign", 403);
        var (_, member) = await brand.MemberAsync("someone");
        await member.GetJsonAsync("api/campaign", 403);
    }
}
