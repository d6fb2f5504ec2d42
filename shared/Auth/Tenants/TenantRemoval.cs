using MediatR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Loyalty.Auth;

/// <summary>Removes deleted tenants in the background, and goes on after a crash: all modules theirs, then what is kept here.</summary>
internal sealed class TenantRemoval(
    TenantDeletions deletions, Tenants tenants, People people, Partners partners, SignIns signIns, Sessions sessions, PasswordLinks links, AuditLog audit,
    IMediator mediator, TimeProvider time, ILogger<TenantRemoval> log) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim wanted = new(0);

    /// <summary>There is one to be removed now.</summary>
    public void Wake() => wanted.Release();

    /// <summary>Lets nobody in any more: no person, no partner, no session. Harmless to repeat.</summary>
    public async Task<long> CloseAsync(string tenant, CancellationToken cancellation)
    {
        await tenants.RemoveAsync(tenant, cancellation);
        var removed = await people.DeleteAllAsync(tenant, cancellation);
        await sessions.EndAllInAsync(tenant, cancellation);
        await links.EndAllInAsync(tenant, cancellation);
        foreach (var client in await partners.CloseTenantAsync(tenant, cancellation))
            await signIns.EndAllThroughAsync(client, cancellation);
        return removed;
    }

    public override void Dispose()
    {
        wanted.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RemoveAllAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogError(error, "Deleted tenants could not be looked for; it is tried again in a minute");
            }
            await Task.WhenAny(wanted.WaitAsync(stoppingToken), Task.Delay(Rest, time, stoppingToken));
        }
    }

    private async Task RemoveAllAsync(CancellationToken cancellation)
    {
        var failed = new List<string>();
        while (await deletions.ClaimAsync(cancellation) is { } deletion)
        {
            try
            {
                await RemoveAsync(deletion, cancellation);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogError(error, "The deleted tenant {Tenant} could not be removed; it is tried again in a minute", deletion.Tenant);
                failed.Add(deletion.Tenant);
            }
        }
        // Note: only now, so that one that fails does not stand in the way of the others.
        foreach (var tenant in failed)
            await deletions.ReleaseAsync(tenant, cancellation);
    }

    private async Task RemoveAsync(TenantDeletion deletion, CancellationToken cancellation)
    {
        var deleted = new TenantDeleted(deletion.Tenant, deletion.ConfirmedAt!.Value);
        deleted.Removed("people", await CloseAsync(deletion.Tenant, cancellation));
        await mediator.Publish(deleted, cancellation);
        await mediator.Publish(new TenantRemoved(deletion.Tenant, time.GetUtcNow()), cancellation);
        deleted.Removed("auditEntries", await audit.EraseTenantAsync(deletion.Tenant, cancellation));
        await deletions.DoneAsync(deletion.Tenant, deleted.Receipt, cancellation);
    }
}
