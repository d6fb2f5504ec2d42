using Loyalty.Campaigns;
using Loyalty.Mongo;

namespace Loyalty.Tests.Campaigns;

public sealed class SaveCampaignTests
{
    public SaveCampaignTests() => MongoConventions.Register();

    [Fact]
    public void A_new_campaign_is_a_draft_of_version_1()
    {
        var campaign = Save(null, Example.Campaign);

        Assert.Equal("demo/spring-26", campaign.Key);
        Assert.Equal((1, CampaignStatus.Draft), (campaign.Version, campaign.Status));
    }

    [Fact]
    public void Every_save_raises_the_version_and_keeps_the_rest()
    {
        var known = Given.Campaign(Example.Campaign) with { Version = 7, Cnt = 12, InitializedBy = "eve", StateStats = new Dictionary<string, long> { ["orders"] = 3 } };

        var saved = Save(known, Example.With("name", "\"Summer\""));

        Assert.Equal("Summer", saved.Definition.Name);
        Assert.Equivalent(known with { Version = 8, Definition = saved.Definition }, saved, strict: true);
    }

    [Theory]
    [InlineData("constraints/0/value/0", "\"2\"", false)]
    [InlineData("constraints/0", "{\"field\":\"tags.x\",\"op\":\"EXISTS\"}", false)]
    [InlineData("states/0/addTags", "[\"other\"]", false)]
    [InlineData("states/1/uses", "3", false)]
    [InlineData("states/1/data/extra/colour", "\"blue\"", false)]
    [InlineData("states/2/title", "\"Bye\"", false)]
    [InlineData("states/3/minTotal", "9.91", false)]
    [InlineData("states/4/validFor", null, false)]
    [InlineData("states/5/validTo", "\"2027-01-01T00:00:00Z\"", false)]
    [InlineData("dynamic", "false", false)]
    [InlineData("activeFrom", "\"2026-03-02T00:00:00Z\"", false)]
    [InlineData("type", "\"BIRTHDAY\"", false)]
    [InlineData("name", "\"Summer\"", true)]
    [InlineData("activeTo", "\"2026-07-01T00:00:00Z\"", true)]
    [InlineData("activeTo", null, true)]
    [InlineData("notifications/0/before", "\"P3D\"", true)]
    [InlineData("notifications", null, true)]
    public void Once_initialized_only_name_notifications_and_activeTo_change(string path, string? value, bool allowed)
    {
        var wanted = Example.With(path, value);
        Assert.Equal(Example.JsonOf(wanted), Example.JsonOf(Save(Given.Campaign(Example.Campaign, CampaignStatus.Draft), wanted).Definition));
        foreach (var status in new[] { CampaignStatus.Scheduled, CampaignStatus.Initializing, CampaignStatus.Running })
        {
            var known = Given.Campaign(Example.Campaign, status);
            if (allowed)
                Assert.Equal((2, status), (Save(known, wanted).Version, Save(known, wanted).Status));
            else
                Refused(409, "campaign_started", known, wanted);
        }
        Refused(409, "campaign_finalized", Given.Campaign(Example.Campaign, CampaignStatus.Finalized), wanted);
    }

    [Theory]
    [InlineData("states/3/minTotal", "\"9.9\"")]
    [InlineData("states/0/stats", "5")]
    [InlineData("states/5/validTo", "\"2027-01-01T01:00:00+02:00\"")]
    [InlineData("activeFrom", "\"2026-03-01T01:00:00.0000001+01:00\"")]
    public void The_same_said_in_other_words_is_no_change(string path, string value)
    {
        var known = Given.Campaign(Example.With("states/5/validTo", "\"2026-12-31T23:00:00Z\""));

        Assert.Equal(2, Save(known, Example.With(path, value)).Version);
    }

    [Theory]
    [InlineData(3L, true)]
    [InlineData(2L, false)]
    [InlineData(4L, false)]
    [InlineData(0L, false)]
    [InlineData(null, true)]
    public void A_stale_version_is_refused(long? expected, bool accepted)
    {
        var known = Given.Campaign(Example.Campaign, CampaignStatus.Draft) with { Version = 3 };
        if (accepted)
            Assert.Equal(4, Save(known, Example.Campaign, expected).Version);
        else
            Refused(412, "version_mismatch", known, Example.Campaign, expected);
    }

    [Fact]
    public void A_version_of_a_campaign_that_is_not_there_is_stale() => Refused(412, "version_mismatch", null, Example.Campaign, 1);

    private static Campaign Save(Campaign? known, CampaignDefinition wanted, long? expected = null) =>
        SaveCampaign.Decide(known, Given.Tenant, new SaveCampaign.Body(wanted, expected), Given.Noon);

    private static void Refused(int status, string code, Campaign? known, CampaignDefinition wanted, long? expected = null)
    {
        var problem = Assert.Throws<EntryRejectedException>(() => Save(known, wanted, expected)).Problem;
        Assert.Equal((status, code), (problem.Status, problem.Code));
    }
}
