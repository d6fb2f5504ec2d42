using Loyalty.Accounts.Contracts;
using Loyalty.Time;

namespace Loyalty.Campaigns;

/// <summary>
/// Whether an account joins a campaign, going by how it was at some instants in order. Pure: it joins at the first of them at which it has begun to
/// match and may join.
/// </summary>
internal sealed class Joining(CampaignDefinition definition, Membership? known, Zone zone)
{
    /// <summary>Whether it matched at the last instant; null before the first.</summary>
    private bool? matched;

    /// <summary>It has ceased to match since it last joined.</summary>
    public bool HasCeased { get; private set; } = known?.HasCeased == true;

    /// <summary>How it was before the first instant that is looked at.</summary>
    public void Was(Account? account, DateTimeOffset at) => matched = account is not null && Matches(account, at);

    /// <summary>True: it joins at this instant.</summary>
    public bool Begins(Account account, DateTimeOffset at)
    {
        var (before, now) = (matched, Matches(account, at));
        matched = now;
        HasCeased |= known is not null && !now;
        return now && (known is null ? before != true : HasCeased && MayJoinAgain(at));
    }

    private bool Matches(Account account, DateTimeOffset at) => definition.Constraints.AllHold(account, at, zone);

    private bool MayJoinAgain(DateTimeOffset at) => known is { EndedAt: { } ended } && Validity.After(ended, definition.Rejoin?.After, zone) <= at;
}
