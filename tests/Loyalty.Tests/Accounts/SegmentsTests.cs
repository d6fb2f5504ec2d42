using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Loyalty.Accounts;
using Loyalty.Accounts.Contracts;
using Loyalty.Tests.Campaigns;
using Loyalty.Time;

namespace Loyalty.Tests.Accounts;

/// <summary>Which segment an account is in, and when time alone moves it to another.</summary>
public sealed class SegmentsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, null, "NEW", null)]
    [InlineData(0, 90, "NEW", null)]
    [InlineData(1, 0, "ACTIVE", 60)]
    [InlineData(9, 59, "ACTIVE", 1)]
    [InlineData(10, 59, "LOYAL", 1)]
    [InlineData(10, 60, "AT_RISK", 120)]
    [InlineData(1, 179, "AT_RISK", 1)]
    [InlineData(1, 180, "LOST", null)]
    [InlineData(100, 4000, "LOST", null)]
    public void The_default_segments_go_by_orders_and_the_last_order(int orders, int? daysAgo, string segment, int? dueInDays)
    {
        var account = Member(orders, daysAgo is { } days ? Now.AddDays(-days) : null);

        Assert.Equal(segment, Segments.Of(Segments.Default, account, Now, Zone.Utc));
        Assert.Equal(dueInDays is { } due ? Now.AddDays(due) : null, Segments.DueAt(Segments.Default, account, Now, Zone.Utc));
    }

    [Fact]
    public void Every_account_is_in_exactly_one_of_the_default_segments() =>
        Assert.All(Enumerable.Range(0, 400), days => Assert.NotNull(Segments.Of(Segments.Default, Member(days % 12, Now.AddDays(-days)), Now, Zone.Utc)));

    /// <summary>Note: what is compared is "that far from now", in milliseconds: equality lasts for one of them.</summary>
    [Theory]
    [InlineData(ConstraintOp.Gt, "-P30D", true, 20 * Day)]
    [InlineData(ConstraintOp.Gte, "-P30D", true, 20 * Day + 1)]
    [InlineData(ConstraintOp.Lt, "-P30D", false, 20 * Day + 1)]
    [InlineData(ConstraintOp.Lte, "-P30D", false, 20 * Day)]
    [InlineData(ConstraintOp.Eq, "-P30D", false, 20 * Day)]
    [InlineData(ConstraintOp.Ne, "-P30D", true, 20 * Day)]
    [InlineData(ConstraintOp.Eq, "-P10D", true, 1L)]
    [InlineData(ConstraintOp.Ne, "-P10D", false, 1L)]
    [InlineData(ConstraintOp.Gt, "-P10D", false, null)]
    [InlineData(ConstraintOp.Gte, "-P10D", true, 1L)]
    [InlineData(ConstraintOp.Lt, "-P5D", true, null)]
    [InlineData(ConstraintOp.Gt, "2026-01-01", true, null)]
    [InlineData(ConstraintOp.Exists, "true", true, null)]
    [InlineData(ConstraintOp.Gt, "-P4W", true, 18 * Day)]
    // The last order was on 19 February.
    [InlineData(ConstraintOp.Gt, "-P1M", true, 18 * Day)]
    [InlineData(ConstraintOp.Lt, "-P2M", false, 49 * Day + 1)]
    public void A_comparison_with_a_duration_turns_when_that_time_is_over(ConstraintOp op, string value, bool holds, long? dueInMilliseconds)
    {
        SegmentRule[] rules = [new() { Name = "IN", Constraints = [Given.Constraint("header.lastOrder", op, value)] }];
        var account = Member(1, Now.AddDays(-10));

        Assert.Equal(holds ? "IN" : null, Segments.Of(rules, account, Now, Zone.Utc));
        Assert.Equal(dueInMilliseconds is { } due ? Now.AddMilliseconds(due) : null, Segments.DueAt(rules, account, Now, Zone.Utc));
    }

    private const long Day = 24L * 60 * 60 * 1000;

    [Property(MaxTest = 2000, Arbitrary = [typeof(SegmentsTests)])]
    public void Time_alone_never_moves_an_account_before_it_is_due(SegmentWorld world)
    {
        var segment = Segments.Of(world.Rules, world.Account, Now, world.Zone);
        var due = Segments.DueAt(world.Rules, world.Account, Now, world.Zone);

        Assert.True(due is null || due > Now);
        Assert.All(world.Probes.Where(probe => probe >= Now && (due is null || probe < due)), probe => Assert.Equal(segment, Segments.Of(world.Rules, world.Account, probe, world.Zone)));
    }

    [Property(MaxTest = 2000, Arbitrary = [typeof(SegmentsTests)])]
    public void An_account_that_is_placed_whenever_it_is_due_is_always_where_it_belongs(SegmentWorld world)
    {
        foreach (var probe in world.Probes.Where(probe => probe >= Now))
        {
            var account = Segments.Place(world.Rules, world.Account, Now, world.Zone);
            var placed = 0;
            while (account.SegmentDue <= probe && placed++ < 1000)
                account = Segments.Place(world.Rules, account, account.SegmentDue!.Value, world.Zone);

            Assert.Equal(Segments.Of(world.Rules, world.Account, probe, world.Zone), account.Segment);
            Assert.False(account.SegmentDue <= probe, "it is due again and again");
        }
    }

    [Fact]
    public void The_random_world_is_one_in_which_time_moves_accounts()
    {
        var worlds = Worlds().Generator.Sample(1000).ToArray();

        Assert.InRange(worlds.Count(world => Segments.DueAt(world.Rules, world.Account, Now, world.Zone) is not null), 50, 950);
        Assert.InRange(worlds.Count(world => Segments.Of(world.Rules, world.Account, Now, world.Zone) is not null), 100, 900);
    }

    public static Arbitrary<SegmentWorld> Worlds() => Arb.From(
        from account in RandomAccounts.Account(1)
        from count in Gen.Choose(1, 3)
        from constraints in Gen.ArrayOf(Timely(), count)
        from steps in Gen.ArrayOf(Gen.Choose(-1, 1), 8)
        from zone in Gen.Elements<Zone>(RandomAccounts.Zones)
        select new SegmentWorld(account, zone, [.. constraints.Select((these, index) => new SegmentRule { Name = $"s{index}", Constraints = these })], steps));

    /// <summary>Constraints of all kinds, and each time one more that time may turn.</summary>
    private static Gen<Constraint[]> Timely() =>
        from others in RandomAccounts.Constraints().Generator
        from field in Gen.Elements("header.created", "header.lastOrder")
        from op in Gen.Elements(Enum.GetValues<ConstraintOp>())
        from value in Gen.Elements("-P30D", "P0D", "-PT0.001S", "-PT0.0005S", "P1M", "-P1M", "-P2W", "-P1M1DT1H", "-P1Y", "-P60D", "P7973Y", "P9000Y", "-P2025Y", "-P2030Y", "P99999Y")
        select op == ConstraintOp.Exists ? others.Take(1).ToArray() : [.. others.Take(1), Given.Constraint(field, op, value)];

    private static Account Member(int orders, DateTimeOffset? lastOrder) => Given.Account() with
    {
        Counters = new Dictionary<string, decimal> { ["orders"] = orders },
        Header = new AccountHeader { Created = Now.AddYears(-1), LastOrder = lastOrder },
    };

    /// <summary>An account, segments, and instants around those at which something may turn.</summary>
    public sealed class SegmentWorld
    {
        internal SegmentWorld(Account account, Zone zone, SegmentRule[] rules, int[] steps)
        {
            (Account, Zone, Rules) = (account, zone, rules);
            var turns = from value in rules.SelectMany(rule => rule.Constraints).SelectMany(constraint => constraint.Value)
                        let period = CalendarPeriod.Read(value)
                        where period is not null
                        from field in new[] { account.Header.Created, account.Header.LastOrder, DateTimeOffset.MinValue, DateTimeOffset.MaxValue }
                        where field is not null
                        from days in new[] { 0, 0, -1, 1, 2, 3 }
                        let near = period.Value.Negate().AddTo(field.Value, zone)
                        where near is not null
                        from step in steps
                        let probe = ((Int128)near.Value.UtcTicks + days * TimeSpan.TicksPerDay + step * TimeSpan.TicksPerMillisecond) / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond
                        where probe > 0 && probe < DateTimeOffset.MaxValue.Ticks
                        select new DateTimeOffset((long)probe, TimeSpan.Zero);
            Probes = [.. turns, Now, Now.AddMilliseconds(1), Now.AddDays(20), Now.AddDays(400), Now.AddYears(7000)];
        }

        internal Account Account { get; }

        internal Zone Zone { get; }

        internal SegmentRule[] Rules { get; }

        internal IReadOnlyList<DateTimeOffset> Probes { get; }

        public override string ToString() => $"{JsonSerializer.Serialize(Rules)} in {Zone} on {JsonSerializer.Serialize(Account.Header)}";
    }
}
