using Loyalty.Auth;
using MediatR;
using MongoDB.Driver;

namespace Loyalty.Passes;

/// <summary>A tenant is deleted: nothing of it is decided any more.</summary>
internal sealed class OnTenantDeleted(IMongoDatabase database) : INotificationHandler<TenantDeleted>
{
    public async Task Handle(TenantDeleted notification, CancellationToken cancellationToken)
    {
        notification.Removed("events", await database.RemoveTenantAsync(InboxStore.Name, notification.Tenant, cancellationToken));
        notification.Removed("chains", await database.RemoveTenantAsync(Chain.Collection, notification.Tenant, cancellationToken));
    }
}

/// <summary>
/// All of a tenant is removed. What passes that were under way have written since is removed as well, and the deciding host forgets what it
/// remembers, so that a later tenant of the same id begins with nothing.
/// </summary>
internal sealed class OnTenantRemoved(IMongoDatabase database, IInbox inbox) : INotificationHandler<TenantRemoved>
{
    public async Task Handle(TenantRemoved notification, CancellationToken cancellationToken)
    {
        await database.RemoveTenantAsync(InboxStore.Name, notification.Tenant, cancellationToken);
        await inbox.AppendAsync([NewEntry.Once(Tenant.System, new ForgetDocuments.Body(), notification.At)], cancellationToken);
    }
}

/// <summary>Has the deciding host read all documents anew.</summary>
internal sealed class ForgetDocuments(PassMemories memories) : EntryHandler<ForgetDocuments.Body>
{
    [EntryKind("passes.forget")]
    internal sealed record Body;

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
    }

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        memories.Forget();
        return Task.CompletedTask;
    }
}
