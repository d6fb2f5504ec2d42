using System.Globalization;
using System.Security.Cryptography;
using Loyalty.Web;
using MongoDB.Driver;

namespace Loyalty.Auth;

/// <summary>
/// Who managed what, and when, tenant by tenant. It is written before the change is made: what cannot be written down is not done, and what
/// failed at the last moment may stand here all the same. Nothing here changes an entry or takes one away before its time. People are named
/// by a random handle that is gone when they are erased.
/// </summary>
public sealed class AuditLog
{
    private readonly IMongoCollection<AuditEntry> entries;
    private readonly People people;
    private readonly TimeSpan retention;
    private readonly TimeProvider time;

    internal AuditLog(IMongoDatabase database, People people, TimeSpan retention, TimeProvider time) =>
        (entries, this.people, this.retention, this.time) = (database.GetCollection<AuditEntry>("auth.audit"), people, retention, time);

    /// <summary>Notes that somebody manages something of a tenant. Call it before the change is made.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="tenant">Whose it is; a caller of another tenant is one from outside.</param>
    /// <param name="action">Noun and verb, such as <c>campaign.delete</c>.</param>
    /// <param name="subject">What it is done to: an id that names no member.</param>
    /// <param name="changes">What becomes different; no secret, and nothing personal.</param>
    public async Task RecordAsync(
        Caller caller, string tenant, string action, string? subject, IReadOnlyList<AuditChange> changes, CancellationToken cancellation)
    {
        var kind = !caller.IsPerson ? AuditBy.Client : caller.Tenant == tenant ? AuditBy.Person : AuditBy.Administrator;
        var by = caller.IsPerson ? await people.HandleOfAsync(caller.Tenant, caller.Id, cancellation) : caller.Id;
        await AppendAsync(tenant, action, kind, by, caller.Tenant, subject, changes, cancellation);
    }

    internal Task CreateIndexesAsync(CancellationToken cancellation) => entries.Indexes.CreateManyAsync(
    [
        // A tenant's list, newest first. Note: the id would do, but for a tenant whose name is the beginning of another's.
        new(Builders<AuditEntry>.IndexKeys.Ascending(entry => entry.Tenant).Descending(entry => entry.At)),
        new(Builders<AuditEntry>.IndexKeys.Ascending(entry => entry.ExpireAt), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }),
    ], cancellation);

    /// <summary>Notes what is done to a person: which fields change, and of personal ones not how.</summary>
    internal async Task PersonAsync(Caller caller, string tenant, string action, Person? before, Person? after, CancellationToken cancellation) =>
        await RecordAsync(caller, tenant, action, await people.HandleOfAsync((after ?? before)!, cancellation), Differences.Of(before, after), cancellation);

    /// <summary>Notes what is done to a client, in every tenant that it might enter before or may afterwards, and in that of the administrators.</summary>
    internal async Task ClientAsync(Caller caller, string action, Client? before, Client? after, CancellationToken cancellation)
    {
        foreach (var tenant in (before?.Tenants ?? []).Concat(after?.Tenants ?? []).Append(Tenant.System).Distinct())
            await RecordAsync(caller, tenant, action, (after ?? before)!.Id, Differences.Of(tenant, before, after), cancellation);
    }

    internal async Task TenantAsync(Caller caller, string action, Tenant? before, Tenant? after, CancellationToken cancellation)
    {
        var id = (after ?? before)!.Id;
        foreach (var tenant in new[] { id, caller.Tenant }.Distinct())
            await RecordAsync(caller, tenant, action, id, Differences.Of(before, after), cancellation);
    }

    /// <summary>Notes what the host did because its configuration says so.</summary>
    internal Task HostAsync(string tenant, string action, string? subject, CancellationToken cancellation) =>
        AppendAsync(tenant, action, AuditBy.Host, null, null, subject, [], cancellation);

    internal async Task<(IReadOnlyList<AuditEntry> Entries, long Total)> ListAsync(string tenant, ListQuery query, CancellationToken cancellation)
    {
        var filter = AuditFilter.Of(tenant, query);
        var found = await entries.Find(filter).Sort(AuditFilter.Order(query)).Skip(query.Skip).Limit(Math.Max(query.Take, 1)).ToListAsync(cancellation);
        return (query.Take == 0 ? [] : found, await entries.CountDocumentsAsync(filter, cancellationToken: cancellation));
    }

    /// <summary>Removes what a deleted tenant leaves; that it was deleted stands in the log of the administrators.</summary>
    internal async Task<long> EraseTenantAsync(string tenant, CancellationToken cancellation) =>
        (await entries.DeleteManyAsync(entry => entry.Tenant == tenant, cancellation)).DeletedCount;

    private Task AppendAsync(
        string tenant, string action, AuditBy kind, string? by, string? from, string? subject, IReadOnlyList<AuditChange> changes, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return entries.InsertOneAsync(new AuditEntry
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{tenant}/{now.ToUnixTimeMilliseconds():x12}-{RandomNumberGenerator.GetHexString(16, lowercase: true)}"),
            Tenant = tenant,
            At = now,
            Action = action,
            By = by,
            Kind = kind,
            FromTenant = from,
            Subject = subject,
            Changes = changes,
            ExpireAt = now + retention,
        }, cancellationToken: cancellation);
    }
}
