using Loyalty.Auth;
using Loyalty.Mongo;
using MediatR;
using MongoDB.Driver;

namespace Loyalty.Events;

/// <summary>A tenant is deleted: its batches go.</summary>
internal sealed class OnTenantDeleted(IMongoDatabase database) : INotificationHandler<TenantDeleted>
{
    private static readonly (string What, string Collection)[] All =
    [
        ("requests", RequestStore.Name),
    ];

    public async Task Handle(TenantDeleted notification, CancellationToken cancellationToken)
    {
        foreach (var (what, collection) in All)
            notification.Removed(what, await database.RemoveTenantAsync(collection, notification.Tenant, cancellationToken));
    }
}
