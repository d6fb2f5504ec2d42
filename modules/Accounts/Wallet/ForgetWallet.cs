using Loyalty.Accounts.Contracts;
using MediatR;

namespace Loyalty.Accounts;

/// <summary>An account is erased: what leads from orders to its wallet goes. The ledger names no person and stays.</summary>
internal sealed class ForgetWallet : INotificationHandler<AccountErased>
{
    public Task Handle(AccountErased notification, CancellationToken cancellationToken)
    {
        var (pass, account, receipt) = notification;
        OrderDebit[] debits = [.. pass.Documents<OrderDebit>().Of(OrderDebit.OfOwner, account.Key)];
        foreach (var debit in debits)
            pass.Put(debit.Erased(notification.ExpireAt));
        RateCredit[] credits = [.. pass.Documents<RateCredit>().Of(RateCredit.OfOwner, account.Key)];
        foreach (var credit in credits)
            pass.Put(credit.Erased(notification.ExpireAt));
        receipt["walletOrders"] = debits.Length + credits.Length;
        return Task.CompletedTask;
    }
}
