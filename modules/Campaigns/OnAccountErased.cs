using Loyalty.Accounts.Contracts;
using MediatR;

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
        receipt["memberships"] = memberships.Count;
        receipt["coupons"] = coupons.Length;
        return Task.CompletedTask;
    }
}
