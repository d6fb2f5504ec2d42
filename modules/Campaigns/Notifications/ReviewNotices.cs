using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using Loyalty.Time;

namespace Loyalty.Campaigns;

/// <summary>The tenant's zone, or a campaign, has changed: open notices, 500 at a time, get the times that follow from that, or are dropped.</summary>
internal static class ReviewNotices
{
    public static void Decide(Pass pass, Entry entry, NoticeEntries.ReviewBody body)
    {
        var notices = pass.Documents<Notice>();
        var zone = pass.Held<TenantTerms>().ZoneOf(entry.Tenant);
        var ids = pass.Held<NoticeBatches>().Of(entry.Id);
        foreach (var notice in ids.Select(notices.Find).OfType<Notice>().Where(notice => notice.Status == NoticeStatus.Open))
        {
            var reviewed = Reviewed(notice, pass.Documents<Campaign>().Find(Key.Of(notice.Tenant, notice.Campaign)), zone, entry.AcceptedAt);
            if (reviewed == notice)
                continue;
            notices.Put(reviewed);
            pass.FallsDue(DueNotices.Source, reviewed.DueAt);
        }
        if (ids.Count == NoticeBatches.Size)
            pass.Append(Next(entry, body.Campaign, ids[^1]));
    }

    /// <summary>Pure. Note: a new time that has passed already gives way to the next one from now on, so that a change of zone misses nothing.</summary>
    public static Notice Reviewed(Notice notice, Campaign? campaign, Zone zone, DateTimeOffset now)
    {
        if (campaign is not { IsLive: true })
            return notice.Settled(NoticeStatus.Dropped, NoticeRule.Over, now);
        if (CampaignNotices.Find(campaign.Definition, notice.Which) is not { } definition)
            return notice.Settled(NoticeStatus.Dropped, NoticeRule.Removed, now);
        var due = NoticeTimes.DueOf(notice, definition, zone);
        if (due is null || due == notice.DueAt)
            return notice;
        if (due >= now)
            return notice with { DueAt = due };
        var moved = notice with { From = now > notice.From ? now : notice.From };
        return moved with { DueAt = NoticeTimes.DueOf(moved, definition, zone) ?? due };
    }

    public static NewEntry Next(Entry cause, string? campaign, string? after) =>
        Of(cause.Tenant, CauseId.Of(cause.Id, campaign ?? "", after ?? ""), campaign, after, cause.AcceptedAt);

    public static NewEntry Of(string tenant, string id, string? campaign, string? after, DateTimeOffset at) => NewEntry.Internal(
        tenant, $"notice-review:{id}", NoticeEntries.Review, null, at, new NoticeEntries.ReviewBody(campaign, after));
}
