using Loyalty.Accounts.Contracts;

namespace Loyalty.Campaigns;

/// <summary>
/// After a campaign has started: enrols every account that matches. Until it ends the campaign also takes accounts that begin to match, so
/// that none is missed behind the cursor.
/// </summary>
internal sealed class EnrolMembers(IAccountSearch accounts, JoinIndexes joins) : ChainHandler<EnrolMembers.Body>
{
    [EntryKind("campaign.enrol")]
    internal sealed record Body(string Campaign);

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Campaign(entry.Tenant, body.Campaign);

    protected override void Needs(Needs needs, Entry entry, Body body, string item) => needs.Account(entry.Tenant, item);

    protected override async Task<IReadOnlyList<ChainItem>> NextAsync(
        Pass pass, Entry entry, Body body, string? after, int limit, CancellationToken cancellationToken) =>
        pass.StartedCampaign(entry.Tenant, body.Campaign) is not { } campaign ? [] : ChainItem.ById(await accounts.MatchingAsync(
            entry.Tenant, new Wanted(campaign.Definition.Constraints, entry.AcceptedAt, pass.Zone()), after, limit, cancellationToken));

    protected override bool Continues(Pass pass, Entry entry, Body body) =>
        pass.StartedCampaign(entry.Tenant, body.Campaign) is { Status: CampaignStatus.Initializing, IsPaused: false };

    protected override async Task DecideAsync(Pass pass, Entry entry, Body body, string item)
    {
        if (pass.Account(entry.Tenant, item) is not { } account || pass.StartedCampaign(entry.Tenant, body.Campaign) is not { } campaign)
            return;
        pass.Concerns(account.Id);
        var walks = new MemberWalks(joins, pass, account);
        if (await walks.TryJoinAsync(campaign, isInitial: true))
            await walks.SettleAsync();
    }

    protected override Task CompletedAsync(Pass pass, Entry entry, Body body)
    {
        pass.Put(pass.StartedCampaign(entry.Tenant, body.Campaign)! with { Status = CampaignStatus.Running });
        return Task.CompletedTask;
    }
}
