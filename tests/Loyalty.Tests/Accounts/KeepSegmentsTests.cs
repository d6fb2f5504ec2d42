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
        var room = new PassSimulator();
        room.Decide(new LoginEvent { Account = "alice" });
        Assert.Equal(("NEW", null), Of(room, "alice"));

        room.Decide(Ordered("alice", "o1"));
        Assert.Equal(("ACTIVE", PassSimulator.Start.AddSeconds(2).AddDays(60)), Of(room, "alice"));

        room.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o1", status: "CANCELLED") });
        Assert.Equal(("NEW", null), Of(room, "alice"));
        Assert.Equal([(null, "NEW"), ("NEW", "ACTIVE"), ("ACTIVE", "NEW")], room.Moves.OrderBy(move => move.At).Select(move => (move.From, move.To)));
        Assert.All(room.Moves, move => Assert.Equal(room.Account("alice").Incarnation, move.Incarnation));
    }

    [Fact]
    public void A_state_of_a_campaign_that_changes_the_account_changes_its_segment_in_the_same_pass()
    {
        var campaign = Given.Campaign(Given.Definition(new Loyalty.Campaigns.AccountStateDefinition { Id = "level", AddTags = ["vip"] }));
        var room = new PassSimulator(campaign);
        SetRules(room, Other);

        room.Decide(Ordered("alice", "o1"));

        Assert.Equal("VIP", room.Account("alice").Segment);
        Assert.Equal("VIP", Assert.Single(room.Moves).To);
    }

    [Fact]
    public void The_daily_run_touches_only_accounts_that_time_has_moved()
    {
        var room = new PassSimulator();
        room.Decide(Enumerable.Range(0, 1300).SelectMany(number => new[] { room.Event(Ordered($"a{number}", $"o{number}")), room.Event(new LoginEvent { Account = $"b{number}" }) }));
        room.Wait(TimeSpan.FromDays(30));
        room.Decide(Enumerable.Range(0, 100).Select(number => room.Event(Ordered($"a{number}", $"again{number}"))));
        room.Wait(TimeSpan.FromDays(40));
        var before = room.Accounts.ToDictionary(account => account.Id, account => account.LastPass);

        var passes = Daily(room);

        var touched = room.Accounts.Where(account => account.LastPass != before[account.Id]).ToArray();
        Assert.Equal(1200, touched.Length);
        Assert.All(touched, account => Assert.Equal("AT_RISK", account.Segment));
        Assert.Equal(1 + 3, passes);
        Assert.All(room.Accounts, account => Assert.Equal(Segments.Of(Segments.Default, account, room.Now, room.Zone), account.Segment));
        Assert.Equal(room.Now, room.Segments!.ComputedAt);
    }

    [Fact]
    public void The_daily_run_comes_after_midnight_in_the_zone_of_the_tenant_and_a_second_time_for_the_same_day_does_nothing()
    {
        var room = new PassSimulator { Zone = Zone.Of("America/New_York") };
        room.Decide(new LoginEvent { Account = "alice" });
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 5, 0, 0, TimeSpan.Zero), room.Segments!.NextRun);

        // Note: the host was down for more than a week, over which the clocks went forward.
        room.Wait(TimeSpan.FromDays(9));
        var due = room.Segments!.NextRun;
        Daily(room);
        Assert.Equal(new DateTimeOffset(2026, 3, 11, 4, 0, 0, TimeSpan.Zero), room.Segments!.NextRun);

        room.Decide(room.Entry(SegmentEntries.Daily, new SegmentEntries.DailyBody(due)));
        Assert.Empty(room.TakeFollowUps());
    }

    [Fact]
    public void When_the_segments_change_all_accounts_are_placed_anew_five_hundred_at_a_time()
    {
        var room = new PassSimulator();
        room.Decide(Enumerable.Range(0, 1201).Select(number => room.Event(new PropertiesEvent { Account = $"a{number}", AddTags = number % 2 == 0 ? ["vip"] : [] })));
        room.Wait(TimeSpan.FromDays(10));

        room.Decide(Rules(room, Other));
        Assert.Null(room.Segments!.ComputedAt);
        var first = Assert.Single(room.TakeFollowUps());
        room.Decide(first);
        Assert.Equal(500, room.Accounts.Count(account => account.Segment is null or "VIP"));
        Assert.Null(room.Segments!.ComputedAt);

        // Note: meanwhile a day begins; that does not end the placing of all.
        room.Decide(room.Entry(SegmentEntries.Daily, new SegmentEntries.DailyBody(room.Segments!.NextRun)));
        var passes = Drain(room);

        Assert.Equal(2, passes);
        Assert.All(room.Accounts, account => Assert.Equal(account.Tags.Contains("vip") ? "VIP" : null, account.Segment));
        Assert.NotNull(room.Segments!.ComputedAt);
        Assert.Null(room.Segments!.PlacedUpTo);
        Assert.DoesNotContain(room.TakeFollowUps(), entry => entry.Body.Contains("a1", StringComparison.Ordinal));
    }

    [Fact]
    public void Segments_that_change_while_accounts_are_being_placed_begin_anew()
    {
        var room = new PassSimulator();
        room.Decide(Enumerable.Range(0, 700).Select(number => room.Event(new PropertiesEvent { Account = $"a{number}", AddTags = ["vip"] })));
        room.Decide(Rules(room, Other));
        var first = room.TakeFollowUps();
        room.Decide(first);
        var second = room.TakeFollowUps();

        room.Decide([Rules(room, [new SegmentRule { Name = "ALL" }])]);
        var anew = room.TakeFollowUps();
        room.Decide([.. second, .. anew]);
        Drain(room);

        Assert.All(room.Accounts, account => Assert.Equal("ALL", account.Segment));
        Assert.Equal(new Dictionary<string, long> { ["ALL"] = 700 }, room.SegmentDays.Single().Accounts);
    }

    [Property(MaxTest = 40)]
    public void Whatever_happens_after_the_daily_run_every_account_is_where_it_belongs(byte[] moves)
    {
        var room = new PassSimulator(Story.Campaigns);
        var rules = Segments.Default;
        for (var index = 0; index < moves.Length; index++)
        {
            if (moves[index] == 3)
                SetRules(room, rules = rules == Segments.Default ? Other : Segments.Default);
            var before = room.Accounts.Select(account => account.LastPass).Append(0).Max();
            room.Decide(Story.Entry(room, [.. room.Coupons.OrderBy(coupon => coupon.Key, StringComparer.Ordinal)], moves[index], index));
            Assert.All(room.Accounts.Where(account => account.LastPass > before), account => Assert.Equal(Segments.Of(rules, account, room.Now, room.Zone), account.Segment));
            // Note: what follows from an entry is decided at once. Weeks later it would be decided as of then, and the account placed as of then.
            Drain(room);
            room.Wait(TimeSpan.FromHours(moves[index] * 7 % 900));
            if (moves[index] % 3 == 0 && Daily(room) > 0)
                Assert.All(room.Accounts, account => Assert.Equal(Segments.Of(rules, account, room.Now, room.Zone), account.Segment));
        }
    }

    /// <summary>Begins the day, and decides all that follows. Answers how many passes it took.</summary>
    internal static int Daily(PassSimulator room)
    {
        if (room.Segments?.NextRun is not { } due || due > room.Now)
            return 0;
        room.Decide(room.Entry(SegmentEntries.Daily, new SegmentEntries.DailyBody(due)));
        return 1 + Drain(room);
    }

    private static int Drain(PassSimulator room)
    {
        for (var passes = 0; ; passes++)
        {
            var entries = room.TakeFollowUps();
            if (entries.Count == 0)
                return passes;
            room.Decide(entries);
        }
    }

    private static Loyalty.Events.InboxEntry Rules(PassSimulator room, IReadOnlyList<SegmentRule> rules) =>
        room.Entry(SegmentEntries.Rules, new SegmentEntries.RulesBody(rules));

    private static void SetRules(PassSimulator room, IReadOnlyList<SegmentRule> rules)
    {
        room.Decide(Rules(room, rules));
        Drain(room);
    }

    private static OrderEvent Ordered(string account, string order) => new() { Account = account, Order = Given.Order(order) };

    private static (string?, DateTimeOffset?) Of(PassSimulator room, string account) => (room.Account(account).Segment, room.Account(account).SegmentDue);
}
