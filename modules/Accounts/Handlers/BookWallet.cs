using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using Loyalty.Time;

namespace Loyalty.Accounts;

/// <summary>WALLET gives credit, or spends what ends first; what would go below zero is refused with the balance.</summary>
internal sealed class BookWallet : AccountEventHandler<WalletEvent>
{
    protected override void Needs(Needs needs, Entry entry, WalletEvent body)
    {
        base.Needs(needs, entry, body);
        if (body.Order is { } order)
            needs.Document<OrderRecord>(OrderRecord.IdOf(entry.Tenant, order));
    }

    protected override Account Apply(Account account, WalletEvent happened, DateTimeOffset at) => account;

    protected override async Task AppliedAsync(Pass pass, Account account, WalletEvent happened, Inviters inviters)
    {
        var before = account;
        account = WalletBook.Rounded(happened.Amount) switch
        {
            > 0 and var credit => await pass.CreditAsync(account, LotOf(pass, happened, credit)),
            < 0 and var debit => await pass.SpendAsync(account, -debit, happened.Wallet, happened.Order),
            _ => await pass.LapseAsync(account),
        };
        if (AccountLimits.Fault(before, account, happened) is { } fault)
            throw new EntryRejectedException(fault);
        await base.AppliedAsync(pass, account, happened, inviters);
    }

    private static WalletLot LotOf(Pass pass, WalletEvent happened, decimal amount) => new()
    {
        Id = pass.NewId(),
        Amount = amount,
        Left = amount,
        At = pass.Now,
        Ends = CalendarPeriod.Read(happened.ValidFor)?.AddTo(pass.Now, pass.Zone()),
        Wallet = happened.Wallet,
        Event = happened.EventId,
    };
}
