using FsCheck.Xunit;
using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Tests.Campaigns;

/// <summary>The result is the same however entries fall into passes.</summary>
public sealed class BatchProperties
{
    private const int ChunkLength = 10;

    [Property(MaxTest = 60)]
    public void However_events_are_split_into_passes_the_same_is_stored_and_answered(byte[] moves, byte[] cuts)
    {
        var whole = Run(moves, _ => false);
        var alone = Run(moves, _ => true);
        var cut = Run(moves, index => cuts.Length > 0 && cuts[index % cuts.Length] % 3 == 0);

        Assert.Equal(whole, alone);
        Assert.Equal(whole, cut);
    }

    [Fact]
    public void A_long_story_uses_all_that_the_campaigns_have()
    {
        var moves = new byte[600];
        new Random(26).NextBytes(moves);
        // Note: an order joins, one counts, and that one is cancelled while the state still waits.
        new byte[] { 192, 240, 9 }.CopyTo(moves, 0);
        var simulator = new PassSimulator(Story.Campaigns);
        var outcomes = Play(simulator, moves, index => index % 4 == 0);

        Assert.Equal(Run(moves, _ => false), Run(moves, _ => true));
        // Note: what only time and outside calls bring about has tests of its own.
        CampaignFactKind[] elsewhere =
        [
            CampaignFactKind.CouponExpired, CampaignFactKind.NotificationSent, CampaignFactKind.PushClicked, CampaignFactKind.CreditExpired, CampaignFactKind.CreditTakenBack,
        ];
        Assert.Equal(Enum.GetValues<CampaignFactKind>().Except(elsewhere), simulator.Facts.Select(fact => fact.Kind).Distinct().Order());
        Assert.Contains(outcomes, outcome => outcome.Status == OutcomeStatus.Rejected);
        Assert.Contains(outcomes, outcome => outcome.UnusableCoupons is not null);
        Assert.Contains(simulator.Accounts, account => Guid.TryParse(account.Id, out _));
    }

    private static string Run(byte[] moves, Func<int, bool> isCutAfter)
    {
        var simulator = new PassSimulator(Story.Campaigns);
        var outcomes = Play(simulator, moves, isCutAfter);
        var statuses = outcomes.Select(outcome =>
            $"{outcome.EventId} {outcome.Status} {outcome.Problem?.Code} {string.Join(',', outcome.UnusableCoupons?.Select(coupon => coupon.Reason) ?? [])} {string.Join(',', outcome.Erased ?? new Dictionary<string, int>())}");
        return $"{string.Join('\n', statuses)}\n{simulator.Everything()}";
    }

    /// <summary>Note: callers learn codes of coupons only from what is stored, so stories are told chapter by chapter.</summary>
    private static List<EventOutcome> Play(PassSimulator simulator, byte[] moves, Func<int, bool> isCutAfter)
    {
        var outcomes = new List<EventOutcome>();
        var index = 0;
        foreach (var chapter in moves.Chunk(ChunkLength))
        {
            var coupons = simulator.Coupons.OrderBy(coupon => coupon.GivenAt).ThenBy(coupon => coupon.Campaign, StringComparer.Ordinal).ToArray();
            var pass = new List<InboxEntry>();
            foreach (var move in chapter)
            {
                pass.Add(Story.Entry(simulator, coupons, move, index));
                if (!isCutAfter(index++))
                    continue;
                outcomes.AddRange(simulator.Decide(pass));
                pass = [];
            }
            outcomes.AddRange(simulator.Decide(pass));
            var followUps = simulator.TakeFollowUps();
            foreach (var part in followUps.Chunk(isCutAfter(index) ? 1 : 500))
                simulator.Decide(part);
        }
        return outcomes;
    }
}
