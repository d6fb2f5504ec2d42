using Loyalty.Accounts.Contracts;

namespace Loyalty.Accounts;

/// <summary>A credit of an account has ended: what is left of it lapses.</summary>
internal sealed class LapseWallet : EntryHandler<LapseWallet.Body>
{
    public const string Source = "accounts.wallets";

    [EntryKind("account.wallet-lapse")]
    internal sealed record Body;

    public static DueItem ItemOf(Account account) => new(account.Tenant, account.WalletDue!.Value, "Credit in a wallet ends.", new Body(), account.Id);

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Account(entry.Tenant, entry.Subject!);

    protected override async Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        if (pass.Account(entry.Tenant, entry.Subject!) is not { } account)
            return;
        pass.Concerns(account.Id);
        if (account.WalletDue <= pass.Now)
            await pass.PublishAsync(new AccountChanged(pass, await pass.LapseAsync(account), null));
    }
}
