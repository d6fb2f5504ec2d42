using Loyalty.Auth;
using Loyalty.Campaigns.Contracts;
using Loyalty.Mongo;
using MediatR;
using MongoDB.Driver;

namespace Loyalty.Campaigns;

/// <summary>A tenant is deleted: its campaigns go, with walks, coupons and all that they gave.</summary>
internal sealed class OnTenantDeleted(IMongoDatabase database) : INotificationHandler<TenantDeleted>
{
    private static readonly (string What, string Collection)[] All =
    [
        ("campaigns", CampaignStore.Name),
        ("memberships", MembershipStore.Name),
        ("coupons", CouponStore.Name),
        ("locks", CouponLockStore.Name),
        ("notices", NoticeStore.Name),
        ("clicks", PushClick.Collection),
        ("versions", CampaignVersion.Collection),
        ("settings", CampaignSettings.Collection),
    ];

    public async Task Handle(TenantDeleted notification, CancellationToken cancellationToken)
    {
        foreach (var (what, collection) in All)
            notification.Removed(what, await database.RemoveTenantAsync(collection, notification.Tenant, cancellationToken));
    }
}
