using Loyalty.Campaigns.Contracts;
using Loyalty.Outbox;

namespace Loyalty.Campaigns;

/// <summary>Credits, for the tenant's outside wallet.</summary>
internal sealed class WalletChannel(TenantSettings<CampaignSettings> settings) : IOutboxChannel
{
    public const string ChannelName = "wallet";

    public string Name => ChannelName;

    public async Task<OutboxTarget?> TargetOfAsync(OutboxItem item, CancellationToken cancellationToken) =>
        await settings.OfAsync(item.Tenant, cancellationToken) is { WalletUrl: { } url, WalletSecret: { } secret }
            ? new($"{url.TrimEnd('/')}/wallet/{Uri.EscapeDataString(item.Subject)}/batch", secret)
            : null;
}
