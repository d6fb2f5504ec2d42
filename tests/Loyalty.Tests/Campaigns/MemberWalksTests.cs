using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns;
using Loyalty.Campaigns.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Tests.Campaigns;

/// <summary>Walks within passes: what events make of them, and what they make of the account.</summary>
public sealed class MemberWalksTests
{
    private static readonly CouponStateDefinition Gift = new() { Id = "gift", ValidFor = "P14D", TransitionTo = "thanks" };
    private static readonly MessageStateDefinition Thanks = new() { Id = "thanks", Title = "Thanks", Message = "Thanks" };

    [Fact]
    public void A_newcomer_can_join_any_number_of_campaigns_at_once()
    {
        var simulator = new PassSimulator(Enumerable.Range(10, 60).Select(number => Given.Campaign(Given.Definition(Thanks) with { Id = $"c{number}" })));

        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order() });

        Assert.Equal(60, simulator.Account("alice").Campaigns.Count);
        Assert.All(simulator.Campaigns, campaign => Assert.Equal(1, campaign.Cnt));
    }

    [Fact]
    public void An_account_joins_a_campaign_once_even_after_it_has_left_it()
    {
        var simulator = new PassSimulator(Given.Campaign(Given.Definition(new AccountStateDefinition { Id = "only", AddTags = ["been"] })));

        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o1") });
        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o2") });

        Assert.Equal(WalkEnd.Finished, Assert.Single(simulator.Memberships).End);
        Assert.Empty(simulator.Account("alice").Campaigns);
        var campaign = Assert.Single(simulator.Campaigns);
        Assert.Equal((1, 1), (campaign.Cnt, campaign.StateStats["only"]));
        Assert.Equal([CampaignFactKind.Joined, CampaignFactKind.Left, CampaignFactKind.StateFinished, CampaignFactKind.MemberJoined, CampaignFactKind.MemberFinished], simulator.Facts.Select(fact => fact.Kind).Order());
    }

    [Theory]
    [InlineData(nameof(CampaignStatus.Draft), true, false)]
    [InlineData(nameof(CampaignStatus.Scheduled), true, false)]
    [InlineData(nameof(CampaignStatus.Initializing), true, true)]
    [InlineData(nameof(CampaignStatus.Initializing), false, true)]
    [InlineData(nameof(CampaignStatus.Running), true, true)]
    [InlineData(nameof(CampaignStatus.Running), false, false)]
    [InlineData(nameof(CampaignStatus.Finalized), true, false)]
    public void Who_begins_to_match_joins_while_a_campaign_initializes_or_runs_dynamically(string status, bool isDynamic, bool joins)
    {
        var simulator = new PassSimulator(Given.Campaign(Given.Definition(Thanks) with { Dynamic = isDynamic }, Enum.Parse<CampaignStatus>(status)));

        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order() });

        Assert.Equal(joins ? 1 : 0, simulator.Memberships.Count());
    }

    [Fact]
    public void A_campaign_that_is_over_moves_nobody()
    {
        var definition = Given.Definition(Thanks);
        var simulator = new PassSimulator(Given.Campaign(definition));
        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order() });
        simulator.Store(Given.Campaign(definition, CampaignStatus.Finalized));

        var outcome = simulator.Decide(simulator.Entry(new ReportMessage.Body("spring"), "alice"));

        Assert.Equal("no_message_waiting", outcome.Problem?.Code);
        Assert.Equal("thanks", Assert.Single(simulator.Memberships).State);
    }

    [Fact]
    public void A_message_is_reported_once_and_a_repeated_report_is_no_fault()
    {
        var simulator = new PassSimulator(Given.Campaign(Given.Definition(Thanks with { TransitionTo = "orders" }, new OrderStateDefinition { Id = "orders", TransitionTo = "gift" }, Gift with { TransitionTo = null })));
        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o1") });

        Assert.Equal(OutcomeStatus.Applied, Report(simulator, "alice").Status);
        Assert.Equal("orders", Assert.Single(simulator.Memberships).State);
        Assert.Equal(OutcomeStatus.Applied, Report(simulator, "alice").Status);
        Assert.Equal("orders", Assert.Single(simulator.Memberships).State);
        Assert.Single(simulator.Facts, fact => fact.Kind == CampaignFactKind.MessageReceived);

        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o2") });

        Assert.Equal("no_message_waiting", Report(simulator, "alice").Problem?.Code);
        simulator.Decide(new LoginEvent { Account = "bob" });
        Assert.Equal((404, "not_in_campaign"), (Report(simulator, "bob").Problem!.Status, Report(simulator, "nobody").Problem!.Code));
    }

    [Fact]
    public void A_message_that_was_not_shown_yet_cannot_be_reported()
    {
        var held = Thanks with { Constraints = [Given.Constraint("header.lastOrder", ConstraintOp.Lt, "-PT3S")] };
        var simulator = new PassSimulator(Given.Campaign(Given.Definition(held)));
        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order() });
        for (var second = 0; second < 5; second++)
            simulator.Event(new LoginEvent());

        var outcome = Report(simulator, "alice");

        Assert.Equal("no_message_waiting", outcome.Problem?.Code);
        Assert.False(Assert.Single(simulator.Memberships).IsArmed);
        simulator.Decide(new LoginEvent { Account = "alice" });
        Assert.Equal(OutcomeStatus.Applied, Report(simulator, "alice").Status);
    }

    [Fact]
    public void A_coupon_is_held_used_and_freed_by_the_order_that_names_it()
    {
        var simulator = new PassSimulator(Given.Campaign(Given.Definition(Gift, Thanks)));
        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o1") });
        var code = Assert.Single(simulator.Account("alice").Coupons);

        simulator.Decide(Naming(code, "o2", "NEW"));
        Assert.Equal("o2", Assert.Single(Assert.Single(simulator.Coupons).Holds).Order);
        Assert.Equal([new UnusableCoupon(code, "HELD")], simulator.Decide(Naming(code, "o3", "COMPLETED")).UnusableCoupons);

        simulator.Decide(Naming(code, "o2", "COMPLETED"));
        Assert.Empty(simulator.Account("alice").Coupons);
        Assert.Equal("thanks", Assert.Single(simulator.Memberships).State);

        simulator.Decide(Naming(code, "o2", "CANCELLED"));
        Assert.Equal([code], simulator.Account("alice").Coupons);
        Assert.Equal(CouponStatus.Open, Assert.Single(simulator.Coupons).Status);
        Assert.Equal("thanks", Assert.Single(simulator.Memberships).State);
        Assert.Null(simulator.Decide(Naming(code, "o4", "COMPLETED")).UnusableCoupons);
        Assert.Equal(["o4"], Assert.Single(simulator.Coupons).UsedBy);
        Assert.Equal("thanks", Assert.Single(simulator.Memberships).State);
    }

    [Fact]
    public void A_cancelled_order_that_names_somebody_elses_coupon_does_not_get_it()
    {
        var simulator = new PassSimulator(Given.Campaign(Given.Definition(Gift, Thanks)));
        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o1") });
        var code = Assert.Single(simulator.Account("alice").Coupons);

        simulator.Decide(Naming(code, "o2", "CANCELLED") with { Account = "bob" });

        Assert.Empty(simulator.Account("bob").Coupons);
        Assert.Equal([code], simulator.Account("alice").Coupons);
    }

    [Fact]
    public void An_unpaid_order_that_goes_to_another_account_lets_go_of_the_coupon_it_held()
    {
        var simulator = new PassSimulator(Given.Campaign(Given.Definition(Gift, Thanks)));
        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o1") });
        var code = Assert.Single(simulator.Account("alice").Coupons);
        simulator.Decide(Naming(code, "o2", "NEW"));

        var outcome = simulator.Decide(Naming(code, "o2", "NEW") with { Account = "bob" });

        Assert.Equal([new UnusableCoupon(code, "NOT_FOUND")], outcome.UnusableCoupons);
        Assert.Empty(Assert.Single(simulator.Coupons).Holds);
        Assert.Equal([code], simulator.Account("alice").Coupons);
        Assert.Null(simulator.Decide(Naming(code, "o3", "COMPLETED")).UnusableCoupons);
    }

    [Fact]
    public void An_order_that_moves_a_walk_on_does_not_count_in_the_state_it_leads_to()
    {
        var simulator = new PassSimulator(Given.Campaign(Given.Definition(Gift with { TransitionTo = "orders" }, new OrderStateDefinition { Id = "orders" })));
        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o1") });

        simulator.Decide(Naming(Assert.Single(simulator.Account("alice").Coupons), "o2", "COMPLETED"));

        Assert.Equal("orders", Assert.Single(simulator.Memberships).State);
        Assert.Empty(Assert.Single(simulator.Memberships).Orders);
    }

    [Fact]
    public void What_one_campaign_does_to_the_account_lets_others_move_in_the_same_event()
    {
        var simulator = new PassSimulator(
            Given.Campaign(Given.Definition(new AccountStateDefinition { Id = "tag", AddTags = ["b"] }) with { Id = "b", Constraints = [Given.Constraint("tags.a", ConstraintOp.Exists)] }),
            Given.Campaign(Given.Definition(new AccountStateDefinition { Id = "tag", AddTags = ["a"] }) with { Id = "c" }),
            Given.Campaign(Given.Definition(Thanks with { Constraints = [Given.Constraint("tags.b", ConstraintOp.Exists)] }) with { Id = "a" }));

        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order() });

        Assert.Equal(["a", "b"], simulator.Account("alice").Tags);
        Assert.True(simulator.Memberships.Single(membership => membership.Campaign == "a").IsArmed);
    }

    [Fact]
    public void Initializing_enrols_every_account_that_matches_once_slice_by_slice()
    {
        var definition = Given.Definition(Thanks) with { Dynamic = false, Constraints = [Given.Constraint("tags.in", ConstraintOp.Eq, "true")] };
        var simulator = new PassSimulator(Given.Campaign(definition, CampaignStatus.Draft));
        simulator.Decide(Enumerable.Range(1000, 1501).Select(number => simulator.Event(new PropertiesEvent { Account = $"a{number}", AddTags = ["in"] })));
        simulator.Decide(new LoginEvent { Account = "b1" });
        simulator.Decide(simulator.Entry(new InitializeCampaign.Body("spring", "eve")));
        simulator.Decide(new PropertiesEvent { Account = "a1001", RemoveTags = ["in"] });
        simulator.Decide(new PropertiesEvent { Account = "a0000", AddTags = ["in"] });

        var steps = 0;
        for (var next = simulator.TakeFollowUps(); next.Count > 0; next = simulator.TakeFollowUps(), steps++)
            simulator.Decide(next);

        Assert.InRange(steps, 2, 100);
        var campaign = Assert.Single(simulator.Campaigns);
        Assert.Equal((CampaignStatus.Running, 1501, "eve"), (campaign.Status, campaign.Cnt, campaign.InitializedBy));
        Assert.Equal(1501, simulator.Memberships.Count());
        Assert.DoesNotContain(simulator.Memberships, membership => membership.Owner is "demo/b1" or "demo/a1001");
        Assert.Contains(simulator.Memberships, membership => membership.Owner == "demo/a0000");
    }

    private static OrderEvent Naming(string code, string order, string status) =>
        new() { Account = "alice", Order = Given.Order(order, status: status) with { Coupons = [new OrderCoupon { Coupon = code }] } };

    private static EventOutcome Report(PassSimulator simulator, string account) =>
        simulator.Decide(simulator.Entry(new ReportMessage.Body("spring"), account));
}
