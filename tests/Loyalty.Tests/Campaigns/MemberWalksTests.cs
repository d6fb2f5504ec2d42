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
        var room = new PassSimulator(Enumerable.Range(10, 60).Select(number => Given.Campaign(Given.Definition(Thanks) with { Id = $"c{number}" })));

        room.Decide(new OrderEvent { Account = "alice", Order = Given.Order() });

        Assert.Equal(60, room.Account("alice").Campaigns.Count);
        Assert.All(room.Campaigns, campaign => Assert.Equal(1, campaign.Cnt));
    }

    [Fact]
    public void An_account_joins_a_campaign_once_even_after_it_has_left_it()
    {
        var room = new PassSimulator(Given.Campaign(Given.Definition(new AccountStateDefinition { Id = "only", AddTags = ["been"] })));

        room.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o1") });
        room.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o2") });

        Assert.Equal(WalkEnd.Finished, Assert.Single(room.Memberships).End);
        Assert.Empty(room.Account("alice").Campaigns);
        var campaign = Assert.Single(room.Campaigns);
        Assert.Equal((1, 1), (campaign.Cnt, campaign.StateStats["only"]));
        Assert.Equal([CampaignFactKind.Joined, CampaignFactKind.Left, CampaignFactKind.StateFinished], room.Facts.Select(fact => fact.Kind).Order());
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
        var room = new PassSimulator(Given.Campaign(Given.Definition(Thanks) with { Dynamic = isDynamic }, Enum.Parse<CampaignStatus>(status)));

        room.Decide(new OrderEvent { Account = "alice", Order = Given.Order() });

        Assert.Equal(joins ? 1 : 0, room.Memberships.Count());
    }

    [Fact]
    public void A_campaign_that_is_over_moves_nobody()
    {
        var definition = Given.Definition(Thanks);
        var room = new PassSimulator(Given.Campaign(definition));
        room.Decide(new OrderEvent { Account = "alice", Order = Given.Order() });
        room.Store(Given.Campaign(definition, CampaignStatus.Finalized));

        var outcome = room.Decide(room.Entry(CampaignEntries.Message, new CampaignEntries.CampaignBody("spring"), "alice"));

        Assert.Equal("no_message_waiting", outcome.Problem?.Code);
        Assert.Equal("thanks", Assert.Single(room.Memberships).State);
    }

    [Fact]
    public void A_message_is_reported_once_and_a_repeated_report_is_no_fault()
    {
        var room = new PassSimulator(Given.Campaign(Given.Definition(Thanks with { TransitionTo = "orders" }, new OrderStateDefinition { Id = "orders", TransitionTo = "gift" }, Gift with { TransitionTo = null })));
        room.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o1") });

        Assert.Equal(OutcomeStatus.Applied, Report(room, "alice").Status);
        Assert.Equal("orders", Assert.Single(room.Memberships).State);
        Assert.Equal(OutcomeStatus.Applied, Report(room, "alice").Status);
        Assert.Equal("orders", Assert.Single(room.Memberships).State);
        Assert.Single(room.Facts, fact => fact.Kind == CampaignFactKind.MessageReceived);

        room.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o2") });

        Assert.Equal("no_message_waiting", Report(room, "alice").Problem?.Code);
        room.Decide(new LoginEvent { Account = "bob" });
        Assert.Equal((404, "not_in_campaign"), (Report(room, "bob").Problem!.Status, Report(room, "nobody").Problem!.Code));
    }

    [Fact]
    public void A_message_that_was_not_shown_yet_cannot_be_reported()
    {
        var held = Thanks with { Constraints = [Given.Constraint("header.lastOrder", ConstraintOp.Lt, "-PT3S")] };
        var room = new PassSimulator(Given.Campaign(Given.Definition(held)));
        room.Decide(new OrderEvent { Account = "alice", Order = Given.Order() });
        for (var second = 0; second < 5; second++)
            room.Event(new LoginEvent());

        var outcome = Report(room, "alice");

        Assert.Equal("no_message_waiting", outcome.Problem?.Code);
        Assert.False(Assert.Single(room.Memberships).IsArmed);
        room.Decide(new LoginEvent { Account = "alice" });
        Assert.Equal(OutcomeStatus.Applied, Report(room, "alice").Status);
    }

    [Fact]
    public void A_coupon_is_held_used_and_freed_by_the_order_that_names_it()
    {
        var room = new PassSimulator(Given.Campaign(Given.Definition(Gift, Thanks)));
        room.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o1") });
        var code = Assert.Single(room.Account("alice").Coupons);

        room.Decide(Naming(code, "o2", "NEW"));
        Assert.Equal("o2", Assert.Single(Assert.Single(room.Coupons).Holds).Order);
        Assert.Equal([new UnusableCoupon(code, "HELD")], room.Decide(Naming(code, "o3", "COMPLETED")).UnusableCoupons);

        room.Decide(Naming(code, "o2", "COMPLETED"));
        Assert.Empty(room.Account("alice").Coupons);
        Assert.Equal("thanks", Assert.Single(room.Memberships).State);

        room.Decide(Naming(code, "o2", "CANCELLED"));
        Assert.Equal([code], room.Account("alice").Coupons);
        Assert.Equal(CouponStatus.Open, Assert.Single(room.Coupons).Status);
        Assert.Equal("thanks", Assert.Single(room.Memberships).State);
        Assert.Null(room.Decide(Naming(code, "o4", "COMPLETED")).UnusableCoupons);
        Assert.Equal(["o4"], Assert.Single(room.Coupons).UsedBy);
        Assert.Equal("thanks", Assert.Single(room.Memberships).State);
    }

    [Fact]
    public void A_cancelled_order_that_names_somebody_elses_coupon_does_not_get_it()
    {
        var room = new PassSimulator(Given.Campaign(Given.Definition(Gift, Thanks)));
        room.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o1") });
        var code = Assert.Single(room.Account("alice").Coupons);

        room.Decide(Naming(code, "o2", "CANCELLED") with { Account = "bob" });

        Assert.Empty(room.Account("bob").Coupons);
        Assert.Equal([code], room.Account("alice").Coupons);
    }

    [Fact]
    public void An_unpaid_order_that_goes_to_another_account_lets_go_of_the_coupon_it_held()
    {
        var room = new PassSimulator(Given.Campaign(Given.Definition(Gift, Thanks)));
        room.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o1") });
        var code = Assert.Single(room.Account("alice").Coupons);
        room.Decide(Naming(code, "o2", "NEW"));

        var outcome = room.Decide(Naming(code, "o2", "NEW") with { Account = "bob" });

        Assert.Equal([new UnusableCoupon(code, "NOT_FOUND")], outcome.UnusableCoupons);
        Assert.Empty(Assert.Single(room.Coupons).Holds);
        Assert.Equal([code], room.Account("alice").Coupons);
        Assert.Null(room.Decide(Naming(code, "o3", "COMPLETED")).UnusableCoupons);
    }

    [Fact]
    public void An_order_that_moves_a_walk_on_does_not_count_in_the_state_it_leads_to()
    {
        var room = new PassSimulator(Given.Campaign(Given.Definition(Gift with { TransitionTo = "orders" }, new OrderStateDefinition { Id = "orders" })));
        room.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o1") });

        room.Decide(Naming(Assert.Single(room.Account("alice").Coupons), "o2", "COMPLETED"));

        Assert.Equal("orders", Assert.Single(room.Memberships).State);
        Assert.Empty(Assert.Single(room.Memberships).Orders);
    }

    [Fact]
    public void What_one_campaign_does_to_the_account_lets_others_move_in_the_same_event()
    {
        var room = new PassSimulator(
            Given.Campaign(Given.Definition(new AccountStateDefinition { Id = "tag", AddTags = ["b"] }) with { Id = "b", Constraints = [Given.Constraint("tags.a", ConstraintOp.Exists)] }),
            Given.Campaign(Given.Definition(new AccountStateDefinition { Id = "tag", AddTags = ["a"] }) with { Id = "c" }),
            Given.Campaign(Given.Definition(Thanks with { Constraints = [Given.Constraint("tags.b", ConstraintOp.Exists)] }) with { Id = "a" }));

        room.Decide(new OrderEvent { Account = "alice", Order = Given.Order() });

        Assert.Equal(["a", "b"], room.Account("alice").Tags);
        Assert.True(room.Memberships.Single(membership => membership.Campaign == "a").IsArmed);
    }

    [Fact]
    public void Initializing_enrols_every_account_that_matches_once_batch_by_batch()
    {
        var definition = Given.Definition(Thanks) with { Dynamic = false, Constraints = [Given.Constraint("tags.in", ConstraintOp.Eq, "true")] };
        var room = new PassSimulator(Given.Campaign(definition, CampaignStatus.Draft));
        room.Decide(Enumerable.Range(1000, 1501).Select(number => room.Event(new PropertiesEvent { Account = $"a{number}", AddTags = ["in"] })));
        room.Decide(new LoginEvent { Account = "b1" });
        room.Decide(room.Entry(CampaignEntries.Initialize, new CampaignEntries.InitializeBody("spring", "eve")));
        room.Decide(new PropertiesEvent { Account = "a1001", RemoveTags = ["in"] });
        room.Decide(new PropertiesEvent { Account = "a0000", AddTags = ["in"] });

        var batches = 0;
        for (var next = room.TakeFollowUps(); next.Count > 0; next = room.TakeFollowUps(), batches++)
            room.Decide(next);

        Assert.Equal(4, batches);
        var campaign = Assert.Single(room.Campaigns);
        Assert.Equal((CampaignStatus.Running, 1501, "eve"), (campaign.Status, campaign.Cnt, campaign.InitializedBy));
        Assert.Equal(1501, room.Memberships.Count());
        Assert.DoesNotContain(room.Memberships, membership => membership.Owner is "demo/b1" or "demo/a1001");
        Assert.Contains(room.Memberships, membership => membership.Owner == "demo/a0000");
    }

    private static OrderEvent Naming(string code, string order, string status) =>
        new() { Account = "alice", Order = Given.Order(order, status: status) with { Coupons = [new OrderCoupon { Coupon = code }] } };

    private static Outcome Report(PassSimulator room, string account) =>
        room.Decide(room.Entry(CampaignEntries.Message, new CampaignEntries.CampaignBody("spring"), account));
}
