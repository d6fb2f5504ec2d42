using System.Collections.Concurrent;
using Loyalty.Auth;
using MongoDB.Driver;

namespace Loyalty.Passes;

/// <summary>Settings that a module keeps for a tenant; those of a tenant that has saved none are the defaults.</summary>
public interface ITenantSettings<TSelf> where TSelf : class, ITenantSettings<TSelf>
{
    /// <summary>The document's id.</summary>
    string Tenant { get; }

    static abstract string Collection { get; }

    static abstract TSelf DefaultFor(string tenant);

    /// <summary>The settings with each secret changed; sealed or opened, that is.</summary>
    /// <param name="change">Gets a secret and the name of its field.</param>
    TSelf WithSecrets(Func<string, string, string> change);
}

/// <summary>Reads and saves one module's settings of tenants; they are remembered for a few seconds. Their secrets are stored sealed, as the keys are.</summary>
public sealed class TenantSettings<T>(IMongoDatabase database, KeySeal seal, TimeProvider time) : IPassValues<T> where T : class, ITenantSettings<T>
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (T Settings, DateTimeOffset Until)> recent = new(StringComparer.Ordinal);
    private readonly IMongoCollection<T> collection = database.GetCollection<T>(T.Collection);

    public async ValueTask<T> OfAsync(string tenant, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (recent.TryGetValue(tenant, out var known) && known.Until > now)
            return known.Settings;
        var stored = await collection.Find(Builders<T>.Filter.Eq("_id", tenant)).FirstOrDefaultAsync(cancellationToken) ?? T.DefaultFor(tenant);
        var settings = stored.WithSecrets((secret, field) => seal.Open(secret, PlaceOf(tenant, field)));
        recent[tenant] = (settings, now + Remembered);
        return settings;
    }

    public async Task SaveAsync(T settings, CancellationToken cancellationToken)
    {
        await collection.ReplaceOneAsync(Builders<T>.Filter.Eq("_id", settings.Tenant), Sealed(settings), new ReplaceOptions { IsUpsert = true }, cancellationToken);
        recent.TryRemove(settings.Tenant, out _);
    }

    /// <summary>Seals what was stored before there was a key. Harmless to repeat.</summary>
    public async Task SealAllAsync(CancellationToken cancellationToken)
    {
        if (!seal.Closes)
            return;
        foreach (var stored in await collection.Find(FilterDefinition<T>.Empty).ToListAsync(cancellationToken))
            if (Sealed(stored) is var now && !now.Equals(stored))
                await collection.ReplaceOneAsync(Builders<T>.Filter.Eq("_id", stored.Tenant), now, cancellationToken: cancellationToken);
    }

    private T Sealed(T settings) => settings.WithSecrets((secret, field) => seal.Close(secret, PlaceOf(settings.Tenant, field)));

    private static string PlaceOf(string tenant, string field) => $"{tenant}/{field}";

    async Task<T> IPassValues<T>.ReadAsync(string key, CancellationToken cancellationToken) => await OfAsync(key, cancellationToken);
}
