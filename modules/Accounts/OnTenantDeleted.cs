using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Mongo;
using MediatR;
using MongoDB.Driver;

namespace Loyalty.Accounts;

/// <summary>A tenant is deleted: its members go, with all that is known of them.</summary>
internal sealed class OnTenantDeleted(IMongoDatabase database) : INotificationHandler<TenantDeleted>
{
    private static readonly (string What, string Collection)[] All =
    [
        ("accounts", AccountStore.Name),
        ("claims", ClaimStore.Name),
        ("orders", OrderStore.Name),
        ("consents", ConsentStore.Name),
        ("ledger", LedgerStore.Name),
        ("debits", OrderDebit.Collection),
        ("rateCredits", RateCredit.Collection),
        ("segments", SegmentStore.Name),
        ("settings", LoyaltySettings.Collection),
    ];

    public async Task Handle(TenantDeleted notification, CancellationToken cancellationToken)
    {
        foreach (var (what, collection) in All)
            notification.Removed(what, await database.RemoveTenantAsync(collection, notification.Tenant, cancellationToken));
    }
}
