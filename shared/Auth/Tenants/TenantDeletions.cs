using MongoDB.Driver;

namespace Loyalty.Auth;

/// <summary>What became of tenants that were to be deleted.</summary>
internal sealed class TenantDeletions(IMongoDatabase database, TimeProvider time)
{
    /// <summary>How long the first asking is good.</summary>
    public static readonly TimeSpan Considered = TimeSpan.FromHours(1);

    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(10);
    private static readonly UpdateDefinitionBuilder<TenantDeletion> Set = Builders<TenantDeletion>.Update;

    private readonly IMongoCollection<TenantDeletion> deletions = database.GetCollection<TenantDeletion>("auth.deletions");

    public async Task<TenantDeletion?> FindAsync(string tenant, CancellationToken cancellation) =>
        await deletions.Find(deletion => deletion.Tenant == tenant).FirstOrDefaultAsync(cancellation);

    /// <summary>Whether a tenant of that id is still being removed.</summary>
    public async Task<bool> IsUnderWayAsync(string tenant, CancellationToken cancellation) =>
        await FindAsync(tenant, cancellation) is { ConfirmedAt: not null, DoneAt: null };

    public async Task<TenantDeletion> AskAsync(string tenant, CancellationToken cancellation)
    {
        var asked = new TenantDeletion { Tenant = tenant, AskedAt = time.GetUtcNow() };
        await deletions.ReplaceOneAsync(deletion => deletion.Tenant == tenant, asked, new ReplaceOptions { IsUpsert = true }, cancellation);
        return asked;
    }

    /// <returns>Null when nobody asked before, or too long ago.</returns>
    public async Task<TenantDeletion?> ConfirmAsync(string tenant, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var since = now - Considered;
        return await ChangeAsync(deletion => deletion.Tenant == tenant && deletion.ConfirmedAt == null && deletion.AskedAt > since,
            Set.Set(deletion => deletion.ConfirmedAt, now), cancellation);
    }

    /// <summary>One that is to be gone on with, for this host alone; null when there is none.</summary>
    public async Task<TenantDeletion?> ClaimAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return await ChangeAsync(
            deletion => deletion.ConfirmedAt != null && deletion.DoneAt == null && (deletion.RunUntil == null || deletion.RunUntil < now),
            Set.Set(deletion => deletion.RunUntil, now + Claim), cancellation);
    }

    /// <summary>Lets the next that asks have it at once.</summary>
    public Task ReleaseAsync(string tenant, CancellationToken cancellation) => ChangeAsync(
        deletion => deletion.Tenant == tenant, Set.Unset(deletion => deletion.RunUntil), cancellation);

    public Task DoneAsync(string tenant, IReadOnlyDictionary<string, long> removed, CancellationToken cancellation) => ChangeAsync(
        deletion => deletion.Tenant == tenant,
        Set.Set(deletion => deletion.DoneAt, time.GetUtcNow()).Set(deletion => deletion.Removed, new Dictionary<string, long>(removed)), cancellation);

    private async Task<TenantDeletion?> ChangeAsync(
        System.Linq.Expressions.Expression<Func<TenantDeletion, bool>> which, UpdateDefinition<TenantDeletion> update, CancellationToken cancellation) =>
        await deletions.FindOneAndUpdateAsync(which, update, new FindOneAndUpdateOptions<TenantDeletion> { ReturnDocument = ReturnDocument.After }, cancellation);
}
