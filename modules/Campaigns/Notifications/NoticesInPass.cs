using Loyalty.Events.Contracts;

namespace Loyalty.Campaigns;

/// <summary>What the entries of a pass need of notices.</summary>
internal static class NoticesInPass
{
    /// <summary>Ids of the notices that entries name.</summary>
    public static IReadOnlyCollection<string> NamedBy(IEnumerable<Entry> entries) => entries.Select(entry => entry.Kind switch
    {
        NoticeEntries.Due => entry.Read<NoticeEntries.DueBody>().Notice,
        NoticeEntries.Members => entry.Read<NoticeEntries.MembersBody>().Notice,
        _ => null,
    }).OfType<string>().ToHashSet();

    /// <summary>Keys of the coupons that due notices are about and that are not loaded, as they are not open any more.</summary>
    public static IReadOnlyCollection<string> CouponsNamedBy(Pass pass) => pass.Entries.Where(entry => entry.Kind == NoticeEntries.Due)
        .Select(entry => pass.Documents<Notice>().Find(entry.Read<NoticeEntries.DueBody>().Notice)).OfType<Notice>()
        .Where(notice => notice.Coupon is not null).Select(notice => Key.Of(notice.Tenant, notice.Coupon!))
        .Where(key => !pass.Documents<Coupon>().Knows(key)).ToHashSet();

    /// <param name="found">Keys of memberships or coupons, each with the key of the account.</param>
    public static void Touch(Pass pass, NoticeBatches batches, Entry entry, IReadOnlyList<(string Key, string Owner)> found)
    {
        batches.Add(entry.Id, [.. found.Select(one => one.Key)]);
        pass.Touched.UnionWith(found.Select(one => one.Owner));
    }

    /// <summary>Note: a campaign that is not among the live ones by now is over, or gone.</summary>
    public static void TouchOwners(Pass pass)
    {
        pass.Touched.UnionWith(pass.Documents<Notice>().All.Where(notice => notice.Owner.Length > 0).Select(notice => notice.Owner));
        var campaigns = pass.Documents<Campaign>();
        var named = pass.Entries.Where(entry => NoticeEntries.CampaignOf(entry) is not null).Select(entry => Key.Of(entry.Tenant, NoticeEntries.CampaignOf(entry)!));
        var noticed = pass.Documents<Notice>().All.Select(notice => Key.Of(notice.Tenant, notice.Campaign));
        campaigns.Load(named.Concat(noticed).Where(key => !campaigns.Knows(key)).ToHashSet(), []);
    }

    /// <summary>Ids of the notices that entries are about to plan.</summary>
    public static IReadOnlyCollection<string> PlannedBy(Pass pass) => pass.Entries.Where(entry => entry.Kind == NoticeEntries.Plan).SelectMany(entry =>
    {
        var body = entry.Read<NoticeEntries.PlanBody>();
        return pass.Documents<Campaign>().Find(Key.Of(entry.Tenant, body.Campaign)) is { } campaign
            ? PlanNotices.Wanted(pass, entry, campaign, body).Select(notice => notice.Id)
            : [];
    }).ToHashSet();
}
