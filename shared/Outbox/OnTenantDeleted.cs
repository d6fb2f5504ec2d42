using Loyalty.Auth;
using Loyalty.Mongo;
using MediatR;
using MongoDB.Driver;

namespace Loyalty.Outbox;

/// <summary>A tenant is deleted: nothing more is sent for it.</summary>
internal sealed class OnTenantDeleted(IMongoDatabase database) : INotificationHandler<TenantDeleted>
{
    public async Task Handle(TenantDeleted notification, CancellationToken cancellationToken) =>
        notification.Removed("outbox", await database.RemoveTenantAsync(OutboxStore.Name, notification.Tenant, cancellationToken));
}
