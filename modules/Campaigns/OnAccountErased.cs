using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using MediatR;
using MongoDB.Driver;

namespace Loyalty.Campaigns;

/// <summary>An account is erased: its walks and coupons go. What they have counted for stays counted.</summary>
internal sealed class OnAccountErased : INotificationHandler<AccountErased>
{
    public Task Handle(AccountErased notification, CancellationToken cancellationToken)
    {
        var (pass, account, receipt) = notification;
        var memberships = MemberWalks.Memberships(pass, account.Key);
        foreach (var membership in memberships)
            pass.Documents<Membership>().Put(membership.Erased(notification.ExpireAt));
        Coupon[] coupons = [.. pass.Documents<Coupon>().Of(account.Key).Where(coupon => coupon.ExpireAt is null)];
        foreach (var coupon in coupons)
            pass.Documents<Coupon>().Put(coupon.Erased(notification.ExpireAt));
        ForgetSamples(pass, account);
        receipt["memberships"] = memberships.Count;
        receipt["coupons"] = coupons.Length;
        return Task.CompletedTask;
    }

    /// <summary>Previews of drafts may name the account among those found.</summary>
    private static void ForgetSamples(Pass pass, Account account)
    {
        foreach (var draft in pass.Documents<Campaign>().All.Where(campaign => campaign.Tenant == account.Tenant && campaign.Samples?.Contains(account.Id) == true).ToArray())
            pass.Documents<Campaign>().Put(draft with { Samples = draft.Samples!.Without([account.Id]) });
        pass.UpdateAll(
            CampaignStore.Name, Builders<Campaign>.Filter.Eq(campaign => campaign.Tenant, account.Tenant) & Builders<Campaign>.Filter.AnyEq(campaign => campaign.Samples, account.Id),
            Builders<Campaign>.Update.Pull(campaign => campaign.Samples, account.Id));
    }
}
