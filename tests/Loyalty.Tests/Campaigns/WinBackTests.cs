using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns;
using Loyalty.Events.Contracts;

namespace Loyalty.Tests.Campaigns;

/// <summary>Campaigns that accounts join as time passes, without any event of theirs.</summary>
public sealed class WinBackTests
{
    private static readonly CouponStateDefinition Gift = new() { Id = "gift", ValidFor = "P14D" };
    private static readonly MessageStateDefinition Hello = new() { Id = "hello", Title = "Hello", Message = "Hello" };

    [Fact]
    public void A_silent_member_is_enrolled_within_minutes_of_the_sixtieth_day_and_not_before()
    {
        var simulator = Running(Gift);
        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order() });

        simulator.PassTime(TimeSpan.FromDays(60) - TimeSpan.FromMinutes(1));
        Assert.Empty(simulator.Memberships);
        simulator.PassTime(TimeSpan.FromMinutes(3));

        Assert.Equal("gift", Assert.Single(simulator.Memberships).State);
        Assert.Single(simulator.Account("alice").Coupons);
    }

    [Fact]
    public void Members_who_are_not_due_cost_no_entry()
    {
        var simulator = Running(Gift);
        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order() });
        simulator.DecideFollowUps();
        var before = simulator.Now;

        simulator.PassTime(TimeSpan.FromDays(50));

        Assert.Equal(PassSimulator.Start, Assert.Single(simulator.Campaigns).LookedTo);
        Assert.True(simulator.Now > before);
    }

    [Fact]
    public void Many_who_are_due_at_once_are_enrolled_slice_by_slice()
    {
        var simulator = Running(Hello);
        simulator.Decide(Enumerable.Range(0, 300).Select(number => simulator.Event(new OrderEvent { Account = $"member-{number}", Order = Given.Order($"o{number}") }, PassSimulator.Start)));

        simulator.PassTime(TimeSpan.FromDays(61));

        Assert.Equal(300, simulator.Memberships.Count());
        Assert.True(simulator.Chains.Sum(chain => chain.Steps) > 3);
    }

    [Fact]
    public void A_member_whose_boundary_passed_just_before_an_order_was_enrolled_by_time()
    {
        var simulator = Running(Hello);
        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o1") });

        simulator.Wait(TimeSpan.FromDays(60) + TimeSpan.FromSeconds(5));
        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o2") });

        Assert.Single(simulator.Memberships);
    }

    [Fact]
    public void Without_rejoin_a_member_who_lapses_again_stays_out()
    {
        var simulator = Running(Gift);
        Lapse(simulator, "o1");
        Lapse(simulator, "o2");

        Assert.Equal(1, Assert.Single(simulator.Campaigns).Cnt);
    }

    [Fact]
    public void With_rejoin_a_member_joins_again_after_each_lapse()
    {
        var simulator = Running(Gift, "P30D");
        Lapse(simulator, "o1");
        Assert.Equal(1, Assert.Single(simulator.Campaigns).Cnt);
        // Still silent, and so not lapsed anew.
        simulator.PassTime(TimeSpan.FromDays(100));
        Assert.Equal(1, Assert.Single(simulator.Campaigns).Cnt);
        Lapse(simulator, "o2");
        Assert.Equal(2, Assert.Single(simulator.Campaigns).Cnt);
        Lapse(simulator, "o3");
        Assert.Equal(3, Assert.Single(simulator.Campaigns).Cnt);
    }

    [Fact]
    public void A_member_who_lapses_too_soon_joins_again_when_the_wait_is_over()
    {
        var simulator = Running(Gift, "P200D");
        Lapse(simulator, "o1");
        simulator.PassTime(TimeSpan.FromDays(15));
        Lapse(simulator, "o2");
        Assert.Equal(1, Assert.Single(simulator.Campaigns).Cnt);

        simulator.PassTime(TimeSpan.FromDays(200));

        Assert.Equal(2, Assert.Single(simulator.Campaigns).Cnt);
    }

    [Fact]
    public void Who_is_wanted_once_more_by_a_tag_joins_again()
    {
        var simulator = new PassSimulator();
        simulator.Store(Given.Campaign(Given.Definition(new AccountStateDefinition { Id = "only" }) with
        {
            Constraints = [Given.Constraint("tags.vip", ConstraintOp.Eq, "true")],
            Rejoin = new CampaignRejoin { After = "P0D" },
        }) with
        { LookedTo = PassSimulator.Start });
        var add = () => simulator.Decide(new PropertiesEvent { Account = "alice", AddTags = ["vip"] });
        var remove = () => simulator.Decide(new PropertiesEvent { Account = "alice", RemoveTags = ["vip"] });

        add();
        simulator.Decide(new LoginEvent { Account = "alice" });
        Assert.Equal(1, Assert.Single(simulator.Campaigns).Cnt);
        remove();
        add();

        Assert.Equal(2, Assert.Single(simulator.Campaigns).Cnt);
    }

    private static void Lapse(PassSimulator simulator, string order)
    {
        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order(order) });
        simulator.PassTime(TimeSpan.FromDays(61));
    }

    private static PassSimulator Running(StateDefinition state, string? rejoin = null)
    {
        var simulator = new PassSimulator { Zone = Loyalty.Time.Zone.Utc };
        simulator.Store(Given.Campaign(Given.Definition(state) with
        {
            Constraints = [Given.Constraint("header.lastOrder", ConstraintOp.Lt, "-P60D")],
            Rejoin = rejoin is null ? null : new CampaignRejoin { After = rejoin },
        }) with
        { LookedTo = PassSimulator.Start });
        return simulator;
    }
}
