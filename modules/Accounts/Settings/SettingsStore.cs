using System.Collections.Concurrent;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using MongoDB.Driver;

namespace Loyalty.Accounts;

/// <summary>The loyalty settings of tenants, remembered for a few seconds. Their secrets lie sealed in the store, as the keys do.</summary>
internal sealed class SettingsStore(IMongoDatabase database, KeySeal seal, TimeProvider time) : ILoyaltySettings
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (LoyaltySettings Settings, DateTimeOffset Until)> recent = new(StringComparer.Ordinal);
    private readonly IMongoCollection<LoyaltySettings> collection = database.GetCollection<LoyaltySettings>("accounts.settings");

    public async ValueTask<LoyaltySettings> OfAsync(string tenant, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (recent.TryGetValue(tenant, out var known) && known.Until > now)
            return known.Settings;
        var stored = await collection.Find(settings => settings.Tenant == tenant).FirstOrDefaultAsync(cancellationToken)
            ?? new LoyaltySettings { Tenant = tenant };
        var settings = WithSecrets(stored, seal.Open);
        recent[tenant] = (settings, now + Remembered);
        return settings;
    }

    public async Task SaveAsync(LoyaltySettings settings, CancellationToken cancellationToken)
    {
        await collection.ReplaceOneAsync(
            known => known.Tenant == settings.Tenant, WithSecrets(settings, seal.Close), new ReplaceOptions { IsUpsert = true }, cancellationToken);
        recent.TryRemove(settings.Tenant, out _);
    }

    /// <summary>Seals what was stored before there was a key. Harmless to repeat.</summary>
    public async Task SealAllAsync(CancellationToken cancellationToken)
    {
        if (!seal.Closes)
            return;
        foreach (var stored in await collection.Find(FilterDefinition<LoyaltySettings>.Empty).ToListAsync(cancellationToken))
            if (WithSecrets(stored, seal.Close) is var sealedNow && sealedNow != stored)
                await collection.ReplaceOneAsync(
                    known => known.Tenant == stored.Tenant && known.OrderWebhookSecret == stored.OrderWebhookSecret
                        && known.PushWebhookSecret == stored.PushWebhookSecret && known.WalletSecret == stored.WalletSecret,
                    sealedNow, cancellationToken: cancellationToken);
    }

    /// <summary>The settings with each secret sealed or opened, bound to tenant and field.</summary>
    private static LoyaltySettings WithSecrets(LoyaltySettings settings, Func<string, string, string> change)
    {
        return settings with
        {
            OrderWebhookSecret = Changed(settings.OrderWebhookSecret, "order"),
            PushWebhookSecret = Changed(settings.PushWebhookSecret, "push"),
            WalletSecret = Changed(settings.WalletSecret, "wallet"),
        };

        string? Changed(string? secret, string field) => secret is null ? null : change(secret, $"{settings.Tenant}/{field}");
    }
}
