using Loyalty.Accounts.Contracts;

namespace Loyalty.Campaigns;

/// <summary>
/// A campaign has begun, or its notifications have changed: plans the times at which all are written to, and starts a chain through the coupons
/// that it has given already. What is there stays; what was dropped because the notification was gone comes back with it.
/// </summary>
internal sealed class PlanNotices : EntryHandler<PlanNotices.Body>
{
    [EntryKind("campaign.notice.plan")]
    internal sealed record Body(string Campaign);

    public static void Expect(Pass pass, Notice wanted)
    {
        var known = pass.Find<Notice>(wanted.Id);
        if (known is null or { Status: NoticeStatus.Dropped, Why: NoticeRule.Removed })
            pass.Put(known?.Reopened(wanted.DueAt!.Value) ?? wanted);
    }

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
        needs.Campaign(entry.Tenant, body.Campaign);
        if (needs.Find<Campaign>(Key.Of(entry.Tenant, body.Campaign)) is { } campaign)
            needs.Documents<Notice>(CampaignNotices.AtTimes(campaign).Select(notice => notice.Id));
    }

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        if (pass.StartedCampaign(entry.Tenant, body.Campaign) is not { IsLive: true } campaign)
            return Task.CompletedTask;
        foreach (var notice in CampaignNotices.AtTimes(campaign))
            Expect(pass, notice);
        pass.Start(new PlanCouponNotices.Body(campaign.Id));
        return Task.CompletedTask;
    }
}

/// <summary>Plans the notices of the coupons that a campaign has given already.</summary>
internal sealed class PlanCouponNotices(CouponStore coupons) : ChainHandler<PlanCouponNotices.Body>
{
    [EntryKind("campaign.notice.plan-coupons")]
    internal sealed record Body(string Campaign);

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Campaign(entry.Tenant, body.Campaign);

    protected override void Needs(Needs needs, Entry entry, Body body, string item)
    {
        needs.Document<Coupon>(item);
        if (needs.Find<Coupon>(item) is not { Owner: { Length: > 0 } owner } coupon)
            return;
        needs.Document<Account>(owner);
        if (needs.Find<Account>(owner) is { IsErased: false } account && needs.Find<Campaign>(Key.Of(entry.Tenant, body.Campaign)) is { } campaign)
            needs.Documents<Notice>(CampaignNotices.IdsOfCoupon(campaign.Definition, coupon, account));
    }

    protected override async Task<IReadOnlyList<ChainItem>> NextAsync(
        Pass pass, Entry entry, Body body, string? after, int limit, CancellationToken cancellationToken) =>
        ChainItem.ById(await coupons.OpenInCampaignAsync(entry.Tenant, body.Campaign, after, limit, cancellationToken));

    protected override bool Continues(Pass pass, Entry entry, Body body) => pass.StartedCampaign(entry.Tenant, body.Campaign) is { IsLive: true };

    protected override Task DecideAsync(Pass pass, Entry entry, Body body, string item)
    {
        if (pass.Find<Coupon>(item) is { Status: CouponStatus.Open } coupon && pass.AccountOf(coupon.Owner) is { } account)
            foreach (var notice in CampaignNotices.OfCoupon(pass.StartedCampaign(entry.Tenant, body.Campaign)!.Definition, coupon, account, pass.Zone()))
                PlanNotices.Expect(pass, notice);
        return Task.CompletedTask;
    }
}
