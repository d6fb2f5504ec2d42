using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns.Contracts;

namespace Loyalty.Campaigns;

/// <summary>After a campaign has ended: ends its open memberships and voids their unused coupons.</summary>
internal sealed class CloseMemberships(MembershipStore memberships) : ChainHandler<CloseMemberships.Body>
{
    [EntryKind("campaign.close")]
    internal sealed record Body(string Campaign);

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Campaign(entry.Tenant, body.Campaign);

    protected override void Needs(Needs needs, Entry entry, Body body, string item) => needs.Account(entry.Tenant, item);

    protected override async Task<IReadOnlyList<ChainItem>> NextAsync(
        Pass pass, Entry entry, Body body, string? after, int limit, CancellationToken cancellationToken) =>
        ChainItem.ById(await memberships.AccountsOfAsync(entry.Tenant, body.Campaign, after, limit, cancellationToken));

    protected override bool Continues(Pass pass, Entry entry, Body body) =>
        pass.Find<Campaign>(Key.Of(entry.Tenant, body.Campaign)) is { Status: CampaignStatus.Finalized };

    protected override async Task DecideAsync(Pass pass, Entry entry, Body body, string item)
    {
        if (pass.Account(entry.Tenant, item) is not { } account)
            return;
        pass.Concerns(account.Id);
        foreach (var walk in MemberWalks.Memberships(pass, account.Key).Where(walk => walk.Campaign == body.Campaign && walk.End is null))
        {
            pass.Put(walk with { End = WalkEnd.Finalized, EndedAt = entry.AcceptedAt, IsArmed = false });
            await pass.PublishAsync(new CampaignFact(pass, CampaignFactKind.Left, pass.FiguresOf(body.Campaign), null, account.Incarnation, null, entry.AcceptedAt));
        }
        Coupon[] unused = [.. pass.Documents<Coupon>().Of(Coupon.OpenOfOwner, account.Key).Where(coupon => coupon.Campaign == body.Campaign)];
        foreach (var coupon in unused)
            pass.Put(coupon with { Status = CouponStatus.Void });
        pass.Change(account, known => known.OutOfCampaign(body.Campaign).WithCoupons(null, unused.Select(coupon => coupon.Code)));
    }
}
