using Loyalty.Accounts.Contracts;

namespace Loyalty.Campaigns;

/// <summary>
/// Time has made accounts match a running campaign: for each date that is compared with "that far from now" a chain goes through those whose date
/// the boundary has passed since the campaign looked last.
/// </summary>
internal sealed class LookForJoiners : EntryHandler<LookForJoiners.Body>
{
    [EntryKind("campaign.look")]
    internal sealed record Body(string Campaign);

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Campaign(entry.Tenant, body.Campaign);

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        if (pass.StartedCampaign(entry.Tenant, body.Campaign) is not { } campaign || campaign.LooksFrom() is not { } from || from >= entry.AcceptedAt)
            return Task.CompletedTask;
        pass.Put(campaign with { LookedTo = entry.AcceptedAt });
        foreach (var dated in campaign.Definition.Constraints.Periods())
            pass.Start(new EnrolCrossed.Body(campaign.Id, from, entry.AcceptedAt, dated), $"{dated.Field} {dated.Period}");
        if (campaign.Definition.Rejoin is not null)
            pass.Start(new EnrolAgain.Body(campaign.Id, from, entry.AcceptedAt), "again");
        return Task.CompletedTask;
    }
}

/// <summary>Enrols the accounts that have begun to match because a boundary has passed their date.</summary>
internal sealed class EnrolCrossed(IAccountSearch accounts, JoinIndexes joins) : ChainHandler<EnrolCrossed.Body>
{
    [EntryKind("campaign.enrol-crossed")]
    internal sealed record Body(string Campaign, DateTimeOffset From, DateTimeOffset To, DatePeriod Dated);

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Campaign(entry.Tenant, body.Campaign);

    protected override void Needs(Needs needs, Entry entry, Body body, string item) => needs.Account(entry.Tenant, item);

    protected override async Task<IReadOnlyList<ChainItem>> NextAsync(
        Pass pass, Entry entry, Body body, string? after, int limit, CancellationToken cancellationToken)
    {
        if (pass.StartedCampaign(entry.Tenant, body.Campaign) is not { } campaign)
            return [];
        var crossing = new Crossing(body.Dated, campaign.Definition.Constraints, body.From, body.To, pass.Zone());
        var cursor = after?.Split(' ', 2) is [var date, var id] ? new DatedAccount(id, date) : null;
        return [.. (await accounts.CrossedAsync(entry.Tenant, crossing, cursor, limit, cancellationToken)).Select(found => new ChainItem(found.Id, $"{found.Date} {found.Id}"))];
    }

    protected override bool Continues(Pass pass, Entry entry, Body body) => Joiners.MayJoin(pass, entry, body.Campaign);

    protected override Task DecideAsync(Pass pass, Entry entry, Body body, string item) => Joiners.TryAsync(joins, pass, entry, body.Campaign, body.From, item);
}

/// <summary>Enrols again the accounts that match and whose last walk has ended long enough ago.</summary>
internal sealed class EnrolAgain(MembershipStore memberships, JoinIndexes joins) : ChainHandler<EnrolAgain.Body>
{
    [EntryKind("campaign.enrol-again")]
    internal sealed record Body(string Campaign, DateTimeOffset From, DateTimeOffset To);

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Campaign(entry.Tenant, body.Campaign);

    protected override void Needs(Needs needs, Entry entry, Body body, string item) => needs.Account(entry.Tenant, item);

    protected override async Task<IReadOnlyList<ChainItem>> NextAsync(
        Pass pass, Entry entry, Body body, string? after, int limit, CancellationToken cancellationToken) =>
        pass.StartedCampaign(entry.Tenant, body.Campaign) is { Definition.Rejoin: { } rejoin }
            ? ChainItem.ById(await memberships.EndedAsync(
                entry.Tenant, body.Campaign, rejoin.EndedBy(body.From, pass.Zone()), rejoin.EndedBy(body.To, pass.Zone()), after, limit, cancellationToken))
            : [];

    protected override bool Continues(Pass pass, Entry entry, Body body) => Joiners.MayJoin(pass, entry, body.Campaign);

    protected override Task DecideAsync(Pass pass, Entry entry, Body body, string item) => Joiners.TryAsync(joins, pass, entry, body.Campaign, body.From, item);
}

internal static class Joiners
{
    public static bool MayJoin(Pass pass, Entry entry, string campaign) =>
        pass.StartedCampaign(entry.Tenant, campaign) is { IsPaused: false, TakesJoiners: true } running && running.IsLiveAt(entry.AcceptedAt);

    /// <param name="since">Time alone may have made the account match since then.</param>
    public static async Task TryAsync(JoinIndexes joins, Pass pass, Entry entry, string campaign, DateTimeOffset since, string item)
    {
        if (pass.Account(entry.Tenant, item) is not { } account || pass.StartedCampaign(entry.Tenant, campaign) is not { } running)
            return;
        pass.Concerns(account.Id);
        var walks = new MemberWalks(joins, pass, account);
        if (await walks.TryJoinAsync(running, since: since))
            await walks.SettleAsync();
    }
}
