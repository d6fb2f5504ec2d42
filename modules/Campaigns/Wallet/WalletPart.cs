using Loyalty.Events.Contracts;

namespace Loyalty.Campaigns;

/// <summary>The ledger is only added to, so nothing need be loaded.</summary>
internal sealed class WalletPart : IPassPart
{
    public Task LoadAsync(Pass pass, CancellationToken cancellationToken)
    {
        pass.Use(new Additions<LedgerEntry>(Wallets.Name));
        return Task.CompletedTask;
    }

    public Task AfterEntryAsync(Pass pass)
    {
        Wallets.AfterEntry(pass);
        return Task.CompletedTask;
    }
}
