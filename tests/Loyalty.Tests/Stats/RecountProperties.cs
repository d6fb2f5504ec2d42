using FsCheck.Xunit;
using Loyalty.Campaigns;
using Loyalty.Campaigns.Contracts;
using Loyalty.Stats;
using Loyalty.Tests.Accounts;
using Loyalty.Tests.Campaigns;
using Loyalty.Time;

namespace Loyalty.Tests.Stats;

/// <summary>
/// Whatever happens, over days, however it falls into passes: what is answered equals a naive recount of the facts, and the facts equal what is
/// still there.
/// </summary>
public sealed class RecountProperties
{
    private const string NewYork = "America/New_York";

    [Property(MaxTest = 60)]
    public void The_figures_equal_a_recount_of_the_facts(byte[] moves, byte[] cuts)
    {
        var simulator = Play(moves, index => cuts.Length > 0 && cuts[index % cuts.Length] % 3 == 0);

        AssertDays(simulator);
        AssertTotals(simulator);
        AssertSegments(simulator);
    }

    [Property(MaxTest = 60)]
    public void The_facts_equal_what_is_still_there(byte[] moves, byte[] cuts)
    {
        var simulator = Play(moves, index => cuts.Length > 0 && cuts[index % cuts.Length] % 2 == 0);

        AssertMemberships(simulator);
        AssertCoupons(simulator);
        AssertOrders(simulator);
        AssertAccounts(simulator);
    }

    [Property(MaxTest = 30)]
    public void However_entries_fall_into_passes_the_days_are_the_same(byte[] moves) =>
        Assert.Equal(Answers(Play(moves, _ => true)), Answers(Play(moves, _ => false)));

    [Fact]
    public void A_long_story_has_many_days_on_which_much_happens()
    {
        var moves = new byte[800];
        new Random(26).NextBytes(moves);
        var simulator = Play(moves, index => index % 7 == 0);

        Assert.InRange(simulator.Days.Select(day => day.Day).Distinct().Count(), 20, 1000);
        Assert.InRange(simulator.SegmentDays.Count(), 20, 1000);
        Assert.Contains(simulator.SegmentDays, day => day.Moves.Any(move => move.To is null));
        Assert.Contains(simulator.Days, day => day.Figures.CouponsUsed > 0);
        Assert.True(simulator.Moves.Select(move => (move.From, move.To)).Distinct().Count() > 6);
        AssertDays(simulator);
        AssertTotals(simulator);
        AssertSegments(simulator);
        AssertMemberships(simulator);
        AssertCoupons(simulator);
        AssertOrders(simulator);
        AssertAccounts(simulator);
    }

    /// <summary>Note: some entries are decided only when a new day has begun, as after a long stop, or behind one of another host.</summary>
    private static PassSimulator Play(byte[] moves, Func<int, bool> isCutAfter)
    {
        var simulator = new PassSimulator(Story.Campaigns) { Zone = Zone.Of(NewYork) };
        var (pass, late, index) = (new List<InboxEntry>(), new List<InboxEntry>(), 0);
        foreach (var chapter in moves.Chunk(8))
        {
            Coupon[] coupons = [.. simulator.Coupons.OrderBy(coupon => coupon.GivenAt).ThenBy(coupon => coupon.Campaign, StringComparer.Ordinal)];
            foreach (var move in chapter)
            {
                (move % 9 == 0 ? late : pass).Add(Story.Entry(simulator, coupons, move, index));
                if (isCutAfter(index++))
                    Decide();
                simulator.Wait(TimeSpan.FromMinutes(move * 3));
            }
            pass.AddRange(late);
            late.Clear();
            Decide();
            simulator.DecideFollowUps();
            simulator.Wait(TimeSpan.FromDays(chapter[0] / 5));
            KeepSegmentsTests.Daily(simulator);
        }
        return simulator;

        void Decide()
        {
            simulator.Decide(pass);
            pass = [];
        }
    }

    private static void AssertDays(PassSimulator simulator)
    {
        var recount = simulator.Facts.GroupBy(fact => (fact.Campaign, TimeZoneInfo.FindSystemTimeZoneById(NewYork).DayOfNaively(fact.At)))
            .ToDictionary(facts => facts.Key, facts => FigureCounterTests.Text(Recount(facts)));

        Assert.Equal(recount, simulator.Days.ToDictionary(day => (day.Campaign, day.Day), day => FigureCounterTests.Text(day.Figures)));
        Assert.Equal(simulator.Facts.Count(), simulator.Days.Sum(day => day.Facts));
    }

    private static void AssertTotals(PassSimulator simulator)
    {
        var recount = simulator.Facts.GroupBy(fact => fact.Campaign).ToDictionary(
            facts => $"{PassSimulator.Tenant}/{facts.Key}",
            facts => (FigureCounterTests.Text(Recount(facts)), facts.Min(fact => fact.Day), facts.Max(fact => fact.Day)));

        Assert.Equal(recount, simulator.Totals.ToDictionary(total => total.Id, total => (FigureCounterTests.Text(total.Figures), total.FirstDay!.Value, total.LastDay!.Value)));
    }

    private static void AssertSegments(PassSimulator simulator)
    {
        var moves = simulator.Moves.ToArray();
        Assert.Equal(moves.Select(move => move.Day).Distinct().Order(), simulator.SegmentDays.Select(day => day.Day).Order());
        foreach (var day in simulator.SegmentDays)
        {
            var until = moves.Where(move => move.Day <= day.Day).ToArray();
            var segments = until.SelectMany(move => new[] { move.From, move.To }).OfType<string>().Distinct();
            Assert.Equal(
                segments.Select(name => (name, Count: (long)until.Count(move => move.To == name) - until.Count(move => move.From == name)))
                    .Where(segment => segment.Count != 0).OrderBy(segment => segment.name, StringComparer.Ordinal),
                day.Accounts.Select(segment => (segment.Key, segment.Value)));
            Assert.Equal(
                moves.Where(move => move.Day == day.Day).GroupBy(move => (move.From, move.To)).Select(way => (way.Key.From, way.Key.To, (long)way.Count())).Order(),
                day.Moves.Select(move => (move.From, move.To, move.Count)).Order());
        }
    }

    private static void AssertMemberships(PassSimulator simulator)
    {
        foreach (var account in simulator.Accounts)
        {
            var facts = simulator.Facts.Where(fact => fact.Incarnation == account.Incarnation).ToArray();
            var walks = simulator.Memberships.Where(walk => walk.Owner == account.Key).ToArray();
            Assert.Equal(walks.Select(walk => walk.Campaign).Order(), Campaigns(facts, CampaignFactKind.Joined));
            Assert.Equal(walks.Where(walk => walk.End is not null).Select(walk => walk.Campaign).Order(), Campaigns(facts, CampaignFactKind.Left));
        }
        foreach (var campaign in simulator.Campaigns)
        {
            var facts = simulator.Facts.Where(fact => fact.Campaign == campaign.Id).ToArray();
            Assert.Equal(campaign.Cnt, facts.Count(fact => fact.Kind == CampaignFactKind.Joined));
            Assert.Equal(
                campaign.StateStats.OrderBy(state => state.Key),
                facts.Where(fact => fact.Kind == CampaignFactKind.StateFinished).CountBy(fact => fact.State!).Select(state => KeyValuePair.Create(state.Key, (long)state.Value)).OrderBy(state => state.Key));
        }
    }

    private static void AssertCoupons(PassSimulator simulator)
    {
        foreach (var account in simulator.Accounts)
        {
            var facts = simulator.Facts.Where(fact => fact.Incarnation == account.Incarnation).ToArray();
            var coupons = simulator.Coupons.Where(coupon => coupon.Owner == account.Key).ToArray();
            Assert.Equal(coupons.Select(coupon => coupon.Campaign).Order(), Campaigns(facts, CampaignFactKind.CouponGiven));
            Assert.Equal(
                coupons.SelectMany(coupon => coupon.UsedBy.Select(_ => coupon.Campaign)).Order(),
                Less(Campaigns(facts, CampaignFactKind.CouponUsed), Campaigns(facts, CampaignFactKind.CouponFreed)));
        }
    }

    /// <summary>Each finish of an ORDER state took as many orders as it wants; the others stand in the walks that wait in one.</summary>
    private static void AssertOrders(PassSimulator simulator)
    {
        foreach (var account in simulator.Accounts)
            foreach (var walk in simulator.Memberships.Where(walk => walk.Owner == account.Key))
                foreach (var state in simulator.Campaigns.Single(campaign => campaign.Id == walk.Campaign).Definition.States.OfType<OrderStateDefinition>())
                {
                    var facts = simulator.Facts.Where(fact => fact.Incarnation == account.Incarnation && fact.Campaign == walk.Campaign && fact.State == state.Id).ToLookup(fact => fact.Kind);
                    var waiting = walk.State == state.Id && walk.IsOpen ? walk.Orders.Count : 0;
                    Assert.Equal(
                        facts[CampaignFactKind.StateFinished].Count() * state.Count + waiting,
                        facts[CampaignFactKind.OrderQualified].Count() - facts[CampaignFactKind.OrderDisqualified].Count());
                }
    }

    private static void AssertAccounts(PassSimulator simulator)
    {
        foreach (var account in simulator.Accounts)
        {
            var moves = simulator.Moves.Where(move => move.Incarnation == account.Incarnation).ToArray();
            Assert.Equal([account.Segment!], Less(moves.Select(move => move.To).OfType<string>(), moves.Select(move => move.From).OfType<string>()));
        }
        Assert.Equal(
            simulator.Accounts.CountBy(account => account.Segment!).Select(segment => (segment.Key, (long)segment.Value)).Order(),
            (simulator.SegmentDays.MaxBy(day => day.Day)?.Accounts ?? new Dictionary<string, long>()).Select(segment => (segment.Key, segment.Value)).Order());
    }

    private static string Answers(PassSimulator simulator) => string.Join('\n',
        simulator.Days.OrderBy(day => day.Id, StringComparer.Ordinal).Select(day => $"{day.Id} {day.Facts} {FigureCounterTests.Text(day.Figures)}")
            .Concat(simulator.Totals.OrderBy(total => total.Id, StringComparer.Ordinal).Select(total => $"{total.Id} {FigureCounterTests.Text(total.Figures)} {total.FirstDay} {total.LastDay}"))
            .Concat(simulator.SegmentDays.OrderBy(day => day.Id, StringComparer.Ordinal).Select(day => $"{day.Id} {string.Join(',', day.Accounts)} {string.Join(',', day.Moves)}")));

    private static CampaignFigures Recount(IEnumerable<Fact> facts)
    {
        var counter = new FigureCounter();
        foreach (var fact in facts)
            counter.Count(fact.Kind, fact.State, fact.Amount);
        return counter.Figures;
    }

    private static IEnumerable<string> Campaigns(IEnumerable<Fact> facts, CampaignFactKind kind) =>
        facts.Where(fact => fact.Kind == kind).Select(fact => fact.Campaign).Order();

    private static List<string> Less(IEnumerable<string> some, IEnumerable<string> others)
    {
        var rest = some.ToList();
        Assert.All(others, other => Assert.True(rest.Remove(other)));
        return rest;
    }
}

internal static class NaiveDays
{
    public static DateOnly DayOfNaively(this TimeZoneInfo zone, DateTimeOffset instant) => DateOnly.FromDateTime((instant + zone.GetUtcOffset(instant)).UtcDateTime);
}
