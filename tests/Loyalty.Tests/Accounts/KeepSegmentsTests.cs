using FsCheck.Xunit;
using Loyalty.Accounts;
using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using Loyalty.Tests.Campaigns;
using Loyalty.Time;

namespace Loyalty.Tests.Accounts;

/// <summary>Accounts are in the segments they belong to: after every change, after every day, after the segments have changed.</summary>
public sealed class KeepSegmentsTests
{
    private static readonly SegmentRule[] Other =
    [
        new() { Name = "VIP", Constraints = [Given.Constraint("tags.vip", ConstraintOp.Eq, "true")] },
        new() { Name = "FRESH", Constraints = [Given.Constraint("header.created", ConstraintOp.Gte, "-P3D")] },
    ];

    [Fact]
    public void An_account_changes_its_segment_in_the_pass_that_changes_the_account()
    {
        var simulator = new PassSimulator();
        simulator.Decide(new LoginEvent { Account = "alice" });
        Assert.Equal(("NEW", null), Of(simulator, "alice"));

        simulator.Decide(Ordered("alice", "o1"));
        Assert.Equal(("ACTIVE", PassSimulator.Start.AddSeconds(2).AddDays(60)), Of(simulator, "alice"));

        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o1", status: "CANCELLED") });
        Assert.Equal(("NEW", null), Of(simulator, "alice"));
        Assert.Equal([(null, "NEW"), ("NEW", "ACTIVE"), ("ACTIVE", "NEW")], simulator.Moves.OrderBy(move => move.At).Select(move => (move.From, move.To)));
        Assert.All(simulator.Moves, move => Assert.Equal(simulator.Account("alice").Incarnation, move.Incarnation));
    }

    [Fact]
    public void A_state_of_a_campaign_that_changes_the_account_changes_its_segment_in_the_same_pass()
    {
        var campaign = Given.Campaign(Given.Definition(new Loyalty.Campaigns.AccountStateDefinition { Id = "level", AddTags = ["vip"] }));
        var simulator = new PassSimulator(campaign);
        SetRules(simulator, Other);

        simulator.Decide(Ordered("alice", "o1"));

        Assert.Equal("VIP", simulator.Account("alice").Segment);
        Assert.Equal("VIP", Assert.Single(simulator.Moves).To);
    }

    [Fact]
    public void The_daily_run_touches_only_accounts_that_time_has_moved()
    {
        var simulator = new PassSimulator();
        simulator.Decide(Enumerable.Range(0, 1300).SelectMany(number => new[] { simulator.Event(Ordered($"a{number}", $"o{number}")), simulator.Event(new LoginEvent { Account = $"b{number}" }) }));
        simulator.Wait(TimeSpan.FromDays(30));
        simulator.Decide(Enumerable.Range(0, 100).Select(number => simulator.Event(Ordered($"a{number}", $"again{number}"))));
        simulator.Wait(TimeSpan.FromDays(40));
        var before = simulator.Accounts.ToDictionary(account => account.Id, account => account.LastPass);

        var passes = Daily(simulator);

        var touched = simulator.Accounts.Where(account => account.LastPass != before[account.Id]).ToArray();
        Assert.Equal(1200, touched.Length);
        Assert.All(touched, account => Assert.Equal("AT_RISK", account.Segment));
        Assert.InRange(passes, 3, 100);
        Assert.All(simulator.Accounts, account => Assert.Equal(Segments.Of(Segments.Default, account, simulator.Now, simulator.Zone), account.Segment));
        Assert.Equal(simulator.Now, simulator.Segments!.ComputedAt);
    }

    [Fact]
    public void The_daily_run_comes_after_midnight_in_the_zone_of_the_tenant_and_a_second_time_for_the_same_day_does_nothing()
    {
        var simulator = new PassSimulator { Zone = Zone.Of("America/New_York") };
        simulator.Decide(new LoginEvent { Account = "alice" });
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 5, 0, 0, TimeSpan.Zero), simulator.Segments!.NextRun);

        // Note: the host was down for more than a week, over which the clocks went forward.
        simulator.Wait(TimeSpan.FromDays(9));
        var due = simulator.Segments!.NextRun;
        Daily(simulator);
        Assert.Equal(new DateTimeOffset(2026, 3, 11, 4, 0, 0, TimeSpan.Zero), simulator.Segments!.NextRun);

        simulator.Decide(simulator.Entry(new RunSegmentsDaily.Body(due)));
        Assert.Empty(simulator.TakeFollowUps());
    }

    [Fact]
    public void When_the_segments_change_all_accounts_are_placed_anew_slice_by_slice()
    {
        var simulator = new PassSimulator();
        simulator.Decide(Enumerable.Range(0, 1201).Select(number => simulator.Event(new PropertiesEvent { Account = $"a{number}", AddTags = number % 2 == 0 ? ["vip"] : [] })));
        simulator.Wait(TimeSpan.FromDays(10));

        simulator.Decide(Rules(simulator, Other));
        Assert.Null(simulator.Segments!.ComputedAt);
        var first = Assert.Single(simulator.TakeFollowUps());
        simulator.Decide(first);
        Assert.InRange(simulator.Accounts.Count(account => account.Segment is null or "VIP"), 1, 1200);
        Assert.Null(simulator.Segments!.ComputedAt);

        // Note: meanwhile a day begins; that does not end the placing of all.
        simulator.Decide(simulator.Entry(new RunSegmentsDaily.Body(simulator.Segments!.NextRun)));
        Assert.All(simulator.FollowUps, entry => Assert.DoesNotContain("a1", entry.Body, StringComparison.Ordinal));
        simulator.DecideFollowUps();

        Assert.All(simulator.Accounts, account => Assert.Equal(account.Tags.Contains("vip") ? "VIP" : null, account.Segment));
        Assert.NotNull(simulator.Segments!.ComputedAt);
        Assert.All(simulator.Chains, chain => Assert.True(chain is { IsOver: true, Cursor: null }));
    }

    [Fact]
    public void Segments_that_change_while_accounts_are_being_placed_begin_anew()
    {
        var simulator = new PassSimulator();
        simulator.Decide(Enumerable.Range(0, 700).Select(number => simulator.Event(new PropertiesEvent { Account = $"a{number}", AddTags = ["vip"] })));
        simulator.Decide(Rules(simulator, Other));
        var first = simulator.TakeFollowUps();
        simulator.Decide(first);
        var second = simulator.TakeFollowUps();

        simulator.Decide([Rules(simulator, [new SegmentRule { Name = "ALL" }])]);
        var anew = simulator.TakeFollowUps();
        simulator.Decide([.. second, .. anew]);
        simulator.DecideFollowUps();

        Assert.All(simulator.Accounts, account => Assert.Equal("ALL", account.Segment));
        Assert.Equal(new Dictionary<string, long> { ["ALL"] = 700 }, simulator.SegmentDays.Single().Accounts);
    }

    [Property(MaxTest = 40)]
    public void Whatever_happens_after_the_daily_run_every_account_is_where_it_belongs(byte[] moves)
    {
        var simulator = new PassSimulator(Story.Campaigns);
        var rules = Segments.Default;
        for (var index = 0; index < moves.Length; index++)
        {
            if (moves[index] == 3)
                SetRules(simulator, rules = rules == Segments.Default ? Other : Segments.Default);
            var before = simulator.Accounts.Select(account => account.LastPass).Append(0).Max();
            simulator.Decide(Story.Entry(simulator, [.. simulator.Coupons.OrderBy(coupon => coupon.Key, StringComparer.Ordinal)], moves[index], index));
            Assert.All(simulator.Accounts.Where(account => account.LastPass > before), account => Assert.Equal(Segments.Of(rules, account, simulator.Now, simulator.Zone), account.Segment));
            // Note: what follows from an entry is decided at once. Weeks later it would be decided as of then, and the account placed as of then.
            simulator.DecideFollowUps();
            simulator.Wait(TimeSpan.FromHours(moves[index] * 7 % 900));
            if (moves[index] % 3 == 0 && Daily(simulator) > 0)
                Assert.All(simulator.Accounts, account => Assert.Equal(Segments.Of(rules, account, simulator.Now, simulator.Zone), account.Segment));
        }
    }

    /// <summary>Begins the day, and decides all that follows. Answers how many passes it took.</summary>
    internal static int Daily(PassSimulator simulator)
    {
        if (simulator.Segments?.NextRun is not { } due || due > simulator.Now)
            return 0;
        simulator.Decide(simulator.Entry(new RunSegmentsDaily.Body(due)));
        return 1 + simulator.DecideFollowUps();
    }

    private static InboxEntry Rules(PassSimulator simulator, IReadOnlyList<SegmentRule> rules) =>
        simulator.Entry(new ChangeSegments.Body(rules));

    private static void SetRules(PassSimulator simulator, IReadOnlyList<SegmentRule> rules)
    {
        simulator.Decide(Rules(simulator, rules));
        simulator.DecideFollowUps();
    }

    private static OrderEvent Ordered(string account, string order) => new() { Account = account, Order = Given.Order(order) };

    private static (string?, DateTimeOffset?) Of(PassSimulator simulator, string account) => (simulator.Account(account).Segment, simulator.Account(account).SegmentDue);
}
