using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Time;

namespace Loyalty.Campaigns;

/// <summary>The tenant's zone may have changed: open notices get the times that follow from it.</summary>
internal sealed class ReviewTenantNotices(Tenants tenants) : EntryHandler<ReviewTenantNotices.Body, TenantZone>
{
    [EntryKind("campaign.notice.review-tenant")]
    internal sealed record Body;

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
    }

    /// <summary>Note: read anew, as what is remembered may be the zone before the change.</summary>
    protected override async Task<TenantZone> ReadAsync(Pass pass, Entry entry, Body body, CancellationToken cancellationToken)
    {
        tenants.Forget(entry.Tenant);
        return new(await tenants.ZoneOfAsync(entry.Tenant, cancellationToken));
    }

    protected override Task DecideAsync(Pass pass, Entry entry, Body body, TenantZone prepared)
    {
        pass.Start(new ReviewNotices.Body(null));
        return Task.CompletedTask;
    }
}

/// <summary>Open notices of a campaign, or of a tenant, get the times that follow from what has changed, or are dropped.</summary>
internal sealed class ReviewNotices(NoticeStore store) : ChainHandler<ReviewNotices.Body>
{
    /// <param name="Campaign">Absent: all of the tenant.</param>
    [EntryKind("campaign.notice.review")]
    internal sealed record Body(string? Campaign);

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
    }

    protected override void Needs(Needs needs, Entry entry, Body body, string item) => needs.Document<Notice>(item);

    protected override async Task<IReadOnlyList<ChainItem>> NextAsync(
        Pass pass, Entry entry, Body body, string? after, int limit, CancellationToken cancellationToken) =>
        ChainItem.ById(await store.OpenAsync(entry.Tenant, body.Campaign, after, limit, cancellationToken));

    protected override Task DecideAsync(Pass pass, Entry entry, Body body, string item)
    {
        if (pass.Find<Notice>(item) is { Status: NoticeStatus.Open } notice
            && Reviewed(notice, pass.StartedCampaign(notice.Tenant, notice.Campaign), pass.Zone(), entry.AcceptedAt) is var reviewed && reviewed != notice)
            pass.Put(reviewed);
        return Task.CompletedTask;
    }

    /// <summary>Pure. Note: a new time that has passed already gives way to the next one from now on, so that a change of zone misses nothing.</summary>
    public static Notice Reviewed(Notice notice, Campaign? campaign, Zone zone, DateTimeOffset now)
    {
        if (campaign is not { IsLive: true })
            return notice.Settled(NoticeStatus.Dropped, NoticeRule.Over, now);
        if (CampaignNotices.Find(campaign.Definition, notice.Which) is not { } definition)
            return notice.Settled(NoticeStatus.Dropped, NoticeRule.Removed, now);
        var due = NoticeTimes.DueOf(notice, definition, zone);
        if (due is null || notice.IsHeld || due == notice.DueAt)
            return notice;
        if (due >= now)
            return notice with { DueAt = due };
        var moved = notice with { From = now > notice.From ? now : notice.From };
        return moved with { DueAt = NoticeTimes.DueOf(moved, definition, zone) ?? due };
    }
}
