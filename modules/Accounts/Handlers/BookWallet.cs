using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>WALLET adds to the wallet.</summary>
internal sealed class BookWallet : AccountEventHandler<WalletEvent>
{
    protected override Account Apply(Account account, WalletEvent happened, DateTimeOffset at) => account.Credited(happened.Amount);
}
