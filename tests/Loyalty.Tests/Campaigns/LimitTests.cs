using Loyalty.Campaigns;
using Loyalty.Campaigns.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Tests.Campaigns;

/// <summary>What limits keep from being given, and what a campaign that was deleted leaves to the next one.</summary>
public sealed class LimitTests
{
    private static readonly CouponStateDefinition Gift = new() { Id = "gift", ValidFor = "P14D" };

    [Fact]
    public void Nobody_joins_beyond_the_limit_and_the_campaign_says_since_when_it_is_full()
    {
        var simulator = Running(new CampaignLimits { Joins = 2 });
        foreach (var member in new[] { "ann", "bob", "cid" })
            simulator.Decide(new OrderEvent { Account = member, Order = Given.Order($"o-{member}") });

        Assert.Equal(2, simulator.Memberships.Count());
        var campaign = Assert.Single(simulator.Campaigns);
        Assert.Equal((2, true), (campaign.Cnt, campaign.FullSince is not null));
    }

    [Fact]
    public void A_walk_that_would_give_a_coupon_beyond_the_limit_ends_full()
    {
        var simulator = Running(new CampaignLimits { Coupons = 1 });
        simulator.Decide(new OrderEvent { Account = "ann", Order = Given.Order("o1") });
        simulator.Decide(new OrderEvent { Account = "bob", Order = Given.Order("o2") });

        Assert.Single(simulator.Coupons);
        Assert.Equal(WalkEnd.Full, simulator.Memberships.Single(walk => walk.Owner.EndsWith("bob", StringComparison.Ordinal)).End);
    }

    [Fact]
    public void A_limit_is_never_set_below_what_is_used_and_activeTo_never_into_the_past()
    {
        var simulator = Running(new CampaignLimits { Joins = 2 });
        simulator.Decide(new OrderEvent { Account = "ann", Order = Given.Order("o1") });
        simulator.Decide(new OrderEvent { Account = "bob", Order = Given.Order("o2") });
        var definition = Assert.Single(simulator.Campaigns).Definition;

        Assert.Equal("limit_below_used", Save(simulator, definition with { Limits = new CampaignLimits { Joins = 1 } }));
        Assert.Equal("active_to_in_past", Save(simulator, definition with { ActiveTo = PassSimulator.Start }));
        Assert.Null(Save(simulator, definition with { Limits = new CampaignLimits { Joins = 3 } }));
        Assert.Null(Assert.Single(simulator.Campaigns).FullSince);
        Assert.Equal(2, Assert.Single(simulator.All<CampaignVersion>(CampaignVersion.Collection)).Version);
    }

    [Fact]
    public void A_campaign_that_is_made_again_begins_its_figures_at_nothing()
    {
        var simulator = Running(null);
        simulator.Decide(new OrderEvent { Account = "ann", Order = Given.Order("o1") });
        var definition = Assert.Single(simulator.Campaigns).Definition;
        simulator.Decide(simulator.Entry(new DeleteCampaign.Body("spring")));
        simulator.DecideFollowUps();

        Assert.Null(Save(simulator, definition));
        simulator.Decide(simulator.Entry(new InitializeCampaign.Body("spring", "eve")));
        simulator.DecideFollowUps();

        Assert.Equal(["demo/spring", "demo/spring.1"], simulator.Totals.Select(total => total.Id).Order(StringComparer.Ordinal));
        Assert.All(simulator.Totals, total => Assert.Equal(1, total.Figures.Joins));
    }

    [Fact]
    public void A_member_who_is_erased_in_the_middle_is_an_exit()
    {
        var simulator = Running(null);
        simulator.Decide(new OrderEvent { Account = "ann", Order = Given.Order("o1") });
        simulator.Decide(new DeletedEvent { Account = "ann" });

        var figures = Assert.Single(simulator.Totals).Figures;
        Assert.Equal((1, 1), (figures.Joins, figures.Exits));
    }

    private static string? Save(PassSimulator simulator, CampaignDefinition definition) =>
        simulator.Decide(simulator.Entry(new SaveCampaign.Body(definition, null))).Problem?.Code;

    private static PassSimulator Running(CampaignLimits? limits) => new(Given.Campaign(Given.Definition(Gift) with { Limits = limits }));
}
