using Loyalty.Accounts.Contracts;
using Loyalty.Auth;

namespace Loyalty.Campaigns;

/// <summary>
/// When running campaigns have to look for accounts that time alone makes match. Note: it follows from the dates of the accounts, so that a million
/// silent members cost nothing until the first of them is due.
/// </summary>
internal sealed class CampaignLooks(CampaignStore campaigns, MembershipStore memberships, IAccountSearch accounts, Tenants tenants) : IDueSource
{
    /// <summary>Accounts that are due within the same minute are looked for at once.</summary>
    private const long Step = TimeSpan.TicksPerMinute;

    public string Name => "campaigns.looks";

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<IReadOnlyList<DueEntry>> NextAsync(string? tenant, DuePoint? after, int limit, CancellationToken cancellationToken)
    {
        var due = new List<DueEntry>();
        foreach (var campaign in await campaigns.LookingAsync(tenant, cancellationToken))
            if (campaign.LooksFrom() is { } from && await NextTurnAsync(campaign, from, cancellationToken) is { } turn)
                due.Add(EntryOf(campaign, from, turn));
        return [.. due.Where(item => after is not { } point || Compare(item.Point, point) > 0).OrderBy(item => item.Point.At)
            .ThenBy(item => item.Point.Id, StringComparer.Ordinal).Take(limit)];
    }

    private static DueEntry EntryOf(Campaign campaign, DateTimeOffset from, DateTimeOffset turn)
    {
        var at = new DateTimeOffset((turn.UtcTicks + Step - 1) / Step * Step, TimeSpan.Zero);
        var entry = NewEntry.Of(
            campaign.Tenant, $"look {campaign.Key} {from.ToUnixTimeMilliseconds()} {at.ToUnixTimeMilliseconds()}", new LookForJoiners.Body(campaign.Id), at);
        return new DueEntry(new(at, campaign.Key), $"Campaign {campaign.Id} enrols accounts that match as time passes.", entry);
    }

    private async Task<DateTimeOffset?> NextTurnAsync(Campaign campaign, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var zone = await tenants.ZoneOfAsync(campaign.Tenant, cancellationToken);
        DateTimeOffset? next = null;
        foreach (var dated in campaign.Definition.Constraints.Periods())
            next = Earlier(next, await accounts.NextTurnAsync(campaign.Tenant, dated, from, zone, cancellationToken));
        if (campaign.Definition.Rejoin is { } rejoin
            && await memberships.NextEndAsync(campaign.Tenant, campaign.Id, rejoin.EndedBy(from, zone), cancellationToken) is { } ended)
            next = Earlier(next, Validity.After(ended, rejoin.After, zone) is { } again && again > from ? again : from.AddMilliseconds(1));
        return next;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    private static int Compare(DuePoint one, DuePoint other) =>
        one.At != other.At ? one.At.CompareTo(other.At) : string.CompareOrdinal(one.Id, other.Id);
}
