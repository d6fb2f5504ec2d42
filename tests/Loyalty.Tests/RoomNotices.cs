using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns;
using Loyalty.Events.Contracts;

namespace Loyalty.Tests;

/// <summary>Loads from a <see cref="PassRoom"/> what <see cref="NotificationsPart"/> loads from the database: that, and no more.</summary>
internal sealed class RoomNotices(PassRoom room) : IPassPart
{
    public Task TouchAsync(Pass pass, CancellationToken cancellationToken)
    {
        var named = NoticesInPass.NamedBy(pass.Entries);
        var known = pass.Use(new Documents<Notice>(NoticeStore.Name, notice => notice.Owner));
        known.Load(named, room.Notices.Where(notice => named.Contains(notice.Id)));
        var batches = new NoticeBatches();
        foreach (var entry in pass.Entries)
            Touch(pass, batches, entry);
        pass.Hold(batches);
        NoticesInPass.TouchOwners(pass);
        return Task.CompletedTask;
    }

    public Task LoadAsync(Pass pass, CancellationToken cancellationToken)
    {
        var named = NoticesInPass.CouponsNamedBy(pass);
        pass.Documents<Coupon>().Load(named, room.All<Coupon>(CouponStore.Name).Where(coupon => named.Contains(coupon.Key)));
        var planned = NoticesInPass.PlannedBy(pass);
        pass.Documents<Notice>().Load(planned, room.Notices.Where(notice => planned.Contains(notice.Id)));
        if (pass.Entries.Any(entry => entry.Kind == "DELETED"))
            pass.Documents<Notice>().Load(room.Notices.Where(notice => pass.Touched.Contains(notice.Owner)));
        return Task.CompletedTask;
    }

    public Task AfterEntryAsync(Pass pass)
    {
        FollowingNotices.AfterEntry(pass);
        return Task.CompletedTask;
    }

    private void Touch(Pass pass, NoticeBatches batches, Entry entry)
    {
        switch (entry.Kind)
        {
            case NoticeEntries.Members:
                var members = entry.Read<NoticeEntries.MembersBody>();
                NoticesInPass.Touch(pass, batches, entry, Next(pass.Documents<Notice>().Find(members.Notice)?.SentUpTo is { } upTo ? Key.Of(PassRoom.Tenant, members.Campaign, upTo) : null, room.Memberships
                    .Where(membership => membership.Campaign == members.Campaign).Select(membership => (membership.Key, membership.Owner))));
                break;
            case NoticeEntries.Plan:
                var plan = entry.Read<NoticeEntries.PlanBody>();
                NoticesInPass.Touch(pass, batches, entry, Next(plan.After, room.Coupons
                    .Where(coupon => coupon.Campaign == plan.Campaign && coupon.Status == CouponStatus.Open).Select(coupon => (coupon.Key, coupon.Owner))));
                break;
            case NoticeEntries.Review:
                var review = entry.Read<NoticeEntries.ReviewBody>();
                var open = Next(review.After, room.Notices
                    .Where(notice => notice.Status == NoticeStatus.Open && (review.Campaign is null || notice.Campaign == review.Campaign)).Select(notice => (notice.Id, notice.Owner)));
                batches.Add(entry.Id, [.. open.Select(notice => notice.Key)]);
                pass.Documents<Notice>().Load(room.Notices.Where(notice => batches.Of(entry.Id).Contains(notice.Id)));
                break;
        }
    }

    private static (string Key, string Owner)[] Next(string? after, IEnumerable<(string Key, string Owner)> all) =>
    [
        .. all.Where(one => string.CompareOrdinal(one.Key, after) > 0).OrderBy(one => one.Key, StringComparer.Ordinal).Take(NoticeBatches.Size),
    ];
}
