using System.Collections.Concurrent;
using MongoDB.Driver;

namespace Loyalty.Passes;

/// <summary>Settings that a module keeps for a tenant; those of a tenant that has saved none are the defaults.</summary>
public interface ITenantSettings<TSelf> where TSelf : class, ITenantSettings<TSelf>
{
    /// <summary>The document's id.</summary>
    string Tenant { get; }

    static abstract string Collection { get; }

    static abstract TSelf DefaultFor(string tenant);
}

/// <summary>Reads and saves one module's settings of tenants; they are remembered for a few seconds.</summary>
public sealed class TenantSettings<T>(IMongoDatabase database, TimeProvider time) : IPassValues<T> where T : class, ITenantSettings<T>
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (T Settings, DateTimeOffset Until)> recent = new(StringComparer.Ordinal);
    private readonly IMongoCollection<T> collection = database.GetCollection<T>(T.Collection);

    public async ValueTask<T> OfAsync(string tenant, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (recent.TryGetValue(tenant, out var known) && known.Until > now)
            return known.Settings;
        var settings = await collection.Find(Builders<T>.Filter.Eq("_id", tenant)).FirstOrDefaultAsync(cancellationToken) ?? T.DefaultFor(tenant);
        recent[tenant] = (settings, now + Remembered);
        return settings;
    }

    public async Task SaveAsync(T settings, CancellationToken cancellationToken)
    {
        await collection.ReplaceOneAsync(Builders<T>.Filter.Eq("_id", settings.Tenant), settings, new ReplaceOptions { IsUpsert = true }, cancellationToken);
        recent.TryRemove(settings.Tenant, out _);
    }

    async Task<T> IPassValues<T>.ReadAsync(string key, CancellationToken cancellationToken) => await OfAsync(key, cancellationToken);
}
