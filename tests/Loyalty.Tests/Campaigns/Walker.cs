using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns;

namespace Loyalty.Tests.Campaigns;

/// <summary>One member on the way through one campaign, minute by minute.</summary>
internal sealed class Walker
{
    private readonly CampaignDefinition definition;
    private readonly List<string> expired = [];
    private double minute;
    private int codes;

    public Walker(params StateDefinition[] states)
    {
        definition = Given.Definition(states);
        Membership = Given.Membership(definition, Account);
    }

    public Account Account { get; set; } = Given.Account();

    public Membership Membership { get; private set; }

    public List<WalkEffect> Effects { get; } = [];

    /// <summary>What the last meeting led to.</summary>
    public IReadOnlyList<WalkEffect> Last { get; private set; } = [];

    public string State => Membership.End is { } end ? end.ToString() : Membership.IsArmed ? Membership.State : $"{Membership.State}?";

    public IEnumerable<string> Finished => Effects.OfType<WalkEffect.StateFinished>().Select(finished => finished.State);

    /// <summary>Meets a trigger a minute later.</summary>
    public Walker Meet(WalkTrigger trigger)
    {
        minute++;
        return MeetAt(trigger, Given.Time(minute));
    }

    public Walker MeetAt(WalkTrigger trigger, WalkTime time)
    {
        var (from, steps) = (Membership.State, Membership.Steps);
        var result = CampaignWalk.Walk(definition, Membership, Account, trigger, time, prefix => $"{prefix}C{++codes}");
        (Membership, Account, Last) = (result.Membership, result.Account, result.Effects);
        Effects.AddRange(Last);
        if (trigger is WalkTrigger.CouponExpired && !Last.Any(effect => effect is WalkEffect.StateFinished finished && finished.State == from)
            && (Membership.Steps > steps || Last is [WalkEffect.Ended { How: WalkEnd.Expired }]))
            expired.Add(from);
        return this;
    }

    /// <summary>How often this state was left because its coupon expired.</summary>
    public int Expired(string state) => expired.Count(left => left == state);

    public Walker Look() => Meet(new WalkTrigger.Looked());

    public Walker Order(string id, decimal total = 10) => Meet(new WalkTrigger.OrderCounted(Given.Order(id, total), Given.Noon.AddMinutes(minute + 1)));
}
