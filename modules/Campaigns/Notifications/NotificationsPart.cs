using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Events.Contracts;

namespace Loyalty.Campaigns;

/// <summary>Loads the notices that a batch of entries concerns, and makes those that follow from it.</summary>
internal sealed class NotificationsPart(
    NoticeStore notices, MembershipStore memberships, CouponStore coupons, ILoyaltySettings settings, Tenants tenants) : IPassPart
{
    public async Task TouchAsync(Pass pass, CancellationToken cancellationToken)
    {
        await RefreshTermsAsync(pass, cancellationToken);
        var named = NoticesInPass.NamedBy(pass.Entries);
        var known = pass.Use(new Documents<Notice>(NoticeStore.Name, notice => notice.Owner));
        known.Load(named, await notices.FindAsync(named, cancellationToken));
        var batches = new NoticeBatches();
        foreach (var entry in pass.Entries)
            switch (entry.Kind)
            {
                case NoticeEntries.Members:
                    var members = entry.Read<NoticeEntries.MembersBody>();
                    var ids = await memberships.AccountsOfAsync(
                        entry.Tenant, members.Campaign, known.Find(members.Notice)?.SentUpTo, NoticeBatches.Size, cancellationToken);
                    NoticesInPass.Touch(pass, batches, entry, [.. ids.Select(id => (Key.Of(entry.Tenant, members.Campaign, id), Key.Of(entry.Tenant, id)))]);
                    break;
                case NoticeEntries.Plan:
                    var plan = entry.Read<NoticeEntries.PlanBody>();
                    NoticesInPass.Touch(pass, batches, entry, await coupons.OpenInCampaignAsync(entry.Tenant, plan.Campaign, plan.After, NoticeBatches.Size, cancellationToken));
                    break;
                case NoticeEntries.Review:
                    var review = entry.Read<NoticeEntries.ReviewBody>();
                    var open = await notices.OpenAsync(entry.Tenant, review.Campaign, review.After, NoticeBatches.Size, cancellationToken);
                    known.Load(open);
                    batches.Add(entry.Id, [.. open.Select(notice => notice.Id)]);
                    break;
            }
        pass.Hold(batches);
        NoticesInPass.TouchOwners(pass);
    }

    public async Task LoadAsync(Pass pass, CancellationToken cancellationToken)
    {
        var named = NoticesInPass.CouponsNamedBy(pass);
        if (named.Count > 0)
            pass.Documents<Coupon>().Load(named, (await coupons.FindAsync(named, cancellationToken)).Values);
        var known = pass.Documents<Notice>();
        var planned = NoticesInPass.PlannedBy(pass);
        known.Load(planned, await notices.FindAsync(planned, cancellationToken));
        if (pass.Entries.Any(entry => entry.Kind == "DELETED"))
            known.Load(await notices.OfOwnersAsync(pass.Touched, cancellationToken));
    }

    public Task AfterEntryAsync(Pass pass)
    {
        FollowingNotices.AfterEntry(pass);
        return Task.CompletedTask;
    }

    /// <summary>Note: a review may be due to a new time zone, which must not be the one that is remembered.</summary>
    private async Task RefreshTermsAsync(Pass pass, CancellationToken cancellationToken)
    {
        foreach (var tenant in pass.Entries.Where(entry => entry.Kind == NoticeEntries.Review).Select(entry => entry.Tenant).Distinct())
        {
            tenants.Forget(tenant);
            pass.Held<TenantTerms>().Add(await settings.OfAsync(tenant, cancellationToken), await tenants.ZoneOfAsync(tenant, cancellationToken));
        }
    }
}
