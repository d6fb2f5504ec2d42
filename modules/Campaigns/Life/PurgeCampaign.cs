using Loyalty.Accounts.Contracts;

namespace Loyalty.Campaigns;

/// <summary>After a campaign was deleted: removes what its members have of it.</summary>
internal sealed class PurgeCampaign(MembershipStore memberships) : ChainHandler<PurgeCampaign.Body>
{
    [EntryKind("campaign.purge")]
    internal sealed record Body(string Campaign);

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Campaign(entry.Tenant, body.Campaign);

    protected override void Needs(Needs needs, Entry entry, Body body, string item)
    {
        needs.Account(entry.Tenant, item);
        needs.Group(Coupon.AllOfOwner, Key.Of(entry.Tenant, item));
    }

    protected override async Task<IReadOnlyList<ChainItem>> NextAsync(
        Pass pass, Entry entry, Body body, string? after, int limit, CancellationToken cancellationToken) =>
        ChainItem.ById(await memberships.AccountsOfAsync(entry.Tenant, body.Campaign, after, limit, cancellationToken));

    protected override bool Continues(Pass pass, Entry entry, Body body) =>
        pass.Find<Campaign>(Key.Of(entry.Tenant, body.Campaign)) is { Status: CampaignStatus.Deleted, PurgedAt: null };

    protected override Task DecideAsync(Pass pass, Entry entry, Body body, string item)
    {
        if (pass.Account(entry.Tenant, item) is not { } account)
            return Task.CompletedTask;
        pass.Concerns(account.Id);
        var expireAt = entry.AcceptedAt + AccountErased.TombstonesStay;
        foreach (var walk in MemberWalks.Memberships(pass, account.Key).Where(walk => walk.Campaign == body.Campaign))
            pass.Put(walk.Erased(expireAt));
        Coupon[] given = [.. pass.Documents<Coupon>().Of(Coupon.AllOfOwner, account.Key).Where(coupon => coupon.Campaign == body.Campaign)];
        foreach (var coupon in given)
            pass.Put(coupon.Erased(expireAt));
        pass.Change(account, known => known.OutOfCampaign(body.Campaign).WithCoupons(null, given.Select(coupon => coupon.Code)));
        return Task.CompletedTask;
    }

    protected override Task CompletedAsync(Pass pass, Entry entry, Body body)
    {
        pass.Put(pass.Find<Campaign>(Key.Of(entry.Tenant, body.Campaign))! with { PurgedAt = entry.AcceptedAt });
        return Task.CompletedTask;
    }
}
