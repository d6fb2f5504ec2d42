using Loyalty.Auth;
using Loyalty.Mongo;
using MediatR;
using MongoDB.Driver;

namespace Loyalty.Stats;

/// <summary>A tenant is deleted: its figures go.</summary>
internal sealed class OnTenantDeleted(IMongoDatabase database) : INotificationHandler<TenantDeleted>
{
    private static readonly (string What, string Collection)[] All =
    [
        ("facts", FactStore.Name),
        ("figures", DayStore.Name),
        ("figures", TotalStore.Name),
        ("figures", MoveStore.Name),
        ("figures", SegmentDayStore.Name),
    ];

    public async Task Handle(TenantDeleted notification, CancellationToken cancellationToken)
    {
        foreach (var (what, collection) in All)
            notification.Removed(what, await database.RemoveTenantAsync(collection, notification.Tenant, cancellationToken));
    }
}
