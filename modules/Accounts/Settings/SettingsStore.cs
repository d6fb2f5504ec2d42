using System.Collections.Concurrent;
using Loyalty.Accounts.Contracts;
using MongoDB.Driver;

namespace Loyalty.Accounts;

/// <summary>The loyalty settings of tenants, remembered for a few seconds.</summary>
internal sealed class SettingsStore(IMongoDatabase database, TimeProvider time) : ILoyaltySettings, IPassValues<LoyaltySettings>
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (LoyaltySettings Settings, DateTimeOffset Until)> recent = new(StringComparer.Ordinal);
    private readonly IMongoCollection<LoyaltySettings> collection = database.GetCollection<LoyaltySettings>("accounts.settings");

    public async ValueTask<LoyaltySettings> OfAsync(string tenant, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (recent.TryGetValue(tenant, out var known) && known.Until > now)
            return known.Settings;
        var settings = await collection.Find(settings => settings.Tenant == tenant).FirstOrDefaultAsync(cancellationToken)
            ?? new LoyaltySettings { Tenant = tenant };
        recent[tenant] = (settings, now + Remembered);
        return settings;
    }

    async Task<LoyaltySettings> IPassValues<LoyaltySettings>.ReadAsync(string key, CancellationToken cancellationToken) => await OfAsync(key, cancellationToken);

    public async Task SaveAsync(LoyaltySettings settings, CancellationToken cancellationToken)
    {
        await collection.ReplaceOneAsync(known => known.Tenant == settings.Tenant, settings, new ReplaceOptions { IsUpsert = true }, cancellationToken);
        recent.TryRemove(settings.Tenant, out _);
    }
}
