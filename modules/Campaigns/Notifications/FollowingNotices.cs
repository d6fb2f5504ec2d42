using Loyalty.Accounts.Contracts;
using Loyalty.Time;

namespace Loyalty.Campaigns;

/// <summary>What is to be sent because of what an entry has done: it has given a coupon, let somebody join, begun, changed or ended a campaign.</summary>
internal sealed class FollowingNotices : IAfterEntry
{
    public Task AfterEntryAsync(Pass pass)
    {
        var coupons = pass.Documents<Coupon>();
        foreach (var coupon in coupons.ChangedByEntry.Where(id => coupons.BeforeEntry(id) is null).Select(coupons.Find).ToArray())
            if (coupon is { Status: CouponStatus.Open, ExpireAt: null })
                Expect(pass, coupon.Owner, coupon.Campaign, (campaign, account, zone) => CampaignNotices.OfCoupon(campaign, coupon, account, zone));
        ExpectCredits(pass);
        var memberships = pass.Documents<Membership>();
        foreach (var membership in memberships.ChangedByEntry.Where(id => memberships.BeforeEntry(id)?.JoinedAt != memberships.Find(id)?.JoinedAt).Select(memberships.Find).ToArray())
            if (membership is { ExpireAt: null, IsInitial: false })
                Expect(pass, membership.Owner, membership.Campaign, (campaign, account, zone) =>
                    campaign.Dynamic || campaign.Type == CampaignType.Birthday ? CampaignNotices.OfJoin(campaign, membership, account, zone) : []);
        var campaigns = pass.Documents<Campaign>();
        foreach (var id in campaigns.ChangedByEntry.ToArray())
            Follow(pass, campaigns.BeforeEntry(id), campaigns.Find(id));
        return Task.CompletedTask;
    }

    /// <summary>Credits that the entry has given.</summary>
    private static void ExpectCredits(Pass pass)
    {
        var accounts = pass.Documents<Account>();
        foreach (var key in accounts.ChangedByEntry.ToArray())
        {
            if (pass.AccountOf(key) is not { } account || ReferenceEquals(accounts.BeforeEntry(key)?.Lots, account.Lots))
                continue;
            var known = (accounts.BeforeEntry(key)?.Lots ?? []).Select(lot => lot.Id).ToHashSet(StringComparer.Ordinal);
            foreach (var lot in account.Lots.Where(lot => lot is { Campaign: not null, Ends: not null } && !known.Contains(lot.Id)))
                Expect(pass, key, lot.Campaign!, (campaign, owner, zone) => CampaignNotices.OfCredit(campaign, lot, owner, zone));
        }
    }

    private static void Expect(Pass pass, string owner, string campaign, Func<CampaignDefinition, Account, Zone, IEnumerable<Notice>> wanted)
    {
        if (pass.AccountOf(owner) is not { } account || pass.StartedCampaign(account.Tenant, campaign) is not { } known)
            return;
        foreach (var notice in wanted(known.Definition, account, pass.Zone()))
            pass.Put(notice);
    }

    private static void Follow(Pass pass, Campaign? before, Campaign? after)
    {
        var (was, isLive) = (before is { IsLive: true }, after is { IsLive: true });
        var changed = was && isLive && !ReferenceEquals(before!.Definition, after!.Definition) && !SameNotifications(before, after);
        if (isLive && (changed || !was && after!.Definition.Notifications is { Count: > 0 }))
            pass.Append(new PlanNotices.Body(after!.Id), after.Id);
        if (changed || was && !isLive && before!.Definition.Notifications is { Count: > 0 })
            pass.Start(new ReviewNotices.Body(before!.Id), before.Id);
    }

    /// <summary>Note: notifications hold maps, so they are compared as they are written.</summary>
    private static bool SameNotifications(Campaign one, Campaign other) => Written(one) == Written(other);

    private static string Written(Campaign campaign) =>
        System.Text.Json.JsonSerializer.Serialize(campaign.Definition.Notifications ?? [], Web.JsonSettings.Options);
}
