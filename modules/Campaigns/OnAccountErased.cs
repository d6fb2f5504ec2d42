using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns.Contracts;
using Loyalty.Outbox;
using MediatR;
using MongoDB.Driver;

namespace Loyalty.Campaigns;

/// <summary>An account is erased: its walks and coupons go. What they have counted for stays counted.</summary>
internal sealed class OnAccountErased : INotificationHandler<AccountErased>
{
    public async Task Handle(AccountErased notification, CancellationToken cancellationToken)
    {
        var (pass, account, receipt) = notification;
        var memberships = MemberWalks.Memberships(pass, account.Key);
        foreach (var membership in memberships)
        {
            if (membership.End is null)
                await pass.PublishAsync(new CampaignFact(
                    pass, CampaignFactKind.Left, pass.FiguresOf(membership.Campaign), null, account.Incarnation, null, pass.Now));
            pass.Put(membership.Erased(notification.ExpireAt));
        }
        Coupon[] coupons = [.. pass.Documents<Coupon>().Of(Coupon.AllOfOwner, account.Key).Where(coupon => coupon.ExpireAt is null)];
        foreach (var coupon in coupons)
            pass.Put(coupon.Erased(notification.ExpireAt));
        Notice[] notices = [.. pass.Documents<Notice>().Of(Notice.OfOwner, account.Key)];
        foreach (var notice in notices)
            pass.Put(notice.Erased(notification.ExpireAt));
        ForgetSamples(pass, account);
        pass.BlankOutboxOf(account.Incarnation, PushChannel.Coupon);
        receipt["memberships"] = memberships.Count;
        receipt["coupons"] = coupons.Length;
        receipt["notices"] = notices.Length;
    }

    /// <summary>Previews of drafts may name the account among those found. Note: drafts that this pass has loaded would be written as they were.</summary>
    private static void ForgetSamples(Pass pass, Account account)
    {
        foreach (var draft in pass.Documents<Campaign>().Loaded.Where(campaign => campaign.Tenant == account.Tenant && campaign.Samples?.Contains(account.Id) == true).ToArray())
            pass.Put(draft with { Samples = [.. draft.Samples!.Where(sample => sample != account.Id)] });
        pass.UpdateAll(
            CampaignStore.Name, Builders<Campaign>.Filter.Eq(campaign => campaign.Tenant, account.Tenant) & Builders<Campaign>.Filter.AnyEq(campaign => campaign.Samples, account.Id),
            Builders<Campaign>.Update.Pull(campaign => campaign.Samples, account.Id));
    }
}
