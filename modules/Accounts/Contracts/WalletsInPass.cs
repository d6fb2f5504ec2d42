namespace Loyalty.Accounts.Contracts;

/// <summary>How modules book into wallets. Whatever touches a wallet first lapses what has ended by then; every booking is in the ledger.</summary>
public static class WalletsInPass
{
    /// <summary>What has ended by now lapses.</summary>
    public static async Task<Account> LapseAsync(this Pass pass, Account account)
    {
        if (!(account.WalletDue <= pass.Now))
            return account;
        var (lapsed, parts) = WalletBook.Lapse(account, pass.Now);
        return await BookAsync(pass, lapsed, WalletMove.Expiry, parts);
    }

    public static async Task<Account> CreditAsync(this Pass pass, Account account, WalletLot lot)
    {
        account = (await pass.LapseAsync(account)).Credited(lot);
        return await pass.CreditedAsync(account, lot);
    }

    /// <summary>Books a credit that the account has already.</summary>
    public static Task<Account> CreditedAsync(this Pass pass, Account account, WalletLot lot) =>
        lot.Amount == 0 ? Task.FromResult(account) : BookAsync(pass, account, WalletMove.Credit, [new WalletPart(lot, lot.Amount)], id: lot.Id);

    /// <summary>Spends what ends first. What would go below zero is refused with the balance.</summary>
    /// <param name="order">The order it is spent on: where that is cancelled or stays unpaid, it comes back.</param>
    public static async Task<Account> SpendAsync(this Pass pass, Account account, decimal amount, string? wallet = null, string? order = null)
    {
        account = await pass.LapseAsync(account);
        if (WalletBook.Spend(account, amount) is not var (spent, parts))
            throw WalletBook.TooLittle(account, amount);
        var id = pass.NewId();
        if (order is not null)
            OrderDebit.Keep(pass, account, id, order, parts);
        return await BookAsync(pass, spent, WalletMove.Debit, parts, wallet, order, id);
    }

    /// <summary>Takes back of a credit, as far as its own lot still holds it.</summary>
    /// <param name="lot">The credit's id.</param>
    public static async Task<(Account Account, decimal Taken)> TakeBackAsync(this Pass pass, Account account, string lot, decimal amount, string? order = null)
    {
        account = await pass.LapseAsync(account);
        var (changed, parts) = WalletBook.TakeBack(account, lot, amount);
        return (await BookAsync(pass, changed, WalletMove.TakenBack, parts, order: order), -parts.Sum(part => part.Amount));
    }

    /// <summary>Two accounts are one person: all lots move, with their ends; both ledgers say so.</summary>
    public static async Task<(Account From, Account To)> TransferAsync(this Pass pass, Account from, Account to)
    {
        from = await pass.LapseAsync(from);
        to = await pass.LapseAsync(to);
        var lots = WalletBook.LotsOf(from);
        from = await BookAsync(pass, WalletBook.With(from, []), WalletMove.Transfer, [.. lots.Select(lot => new WalletPart(lot, -lot.Left))]);
        to = await BookAsync(pass, WalletBook.With(to, [.. WalletBook.LotsOf(to), .. lots]), WalletMove.Transfer, [.. lots.Select(lot => new WalletPart(lot, lot.Left))]);
        return (from, to);
    }

    /// <summary>Orders have earned a credit by a rate: what it comes to follows their worth from now on.</summary>
    /// <param name="until">How long it does.</param>
    public static void FollowOrders(this Pass pass, Account account, WalletLot lot, WalletRate rate, IReadOnlyList<OrderWorth> orders, DateTimeOffset? until) =>
        RateCredit.Keep(pass, account, lot, rate, orders, until);

    internal static async Task<Account> BookAsync(
        Pass pass, Account account, WalletMove kind, IReadOnlyList<WalletPart> parts, string? wallet = null, string? order = null, string? id = null)
    {
        if (parts.Count == 0)
            return account;
        id ??= pass.NewId();
        pass.Put(account);
        WalletLot? only = parts is [var part] ? part.Lot : null;
        pass.Additions<LedgerEntry>().Add(new LedgerEntry
        {
            Id = id,
            Tenant = account.Tenant,
            Incarnation = account.Incarnation,
            Kind = kind,
            Amount = parts.Sum(part => part.Amount),
            Wallet = kind == WalletMove.Debit ? wallet : only?.Wallet,
            Campaign = only?.Campaign,
            State = only?.State,
            Order = order,
            Event = kind == WalletMove.Credit ? only?.Event : null,
            At = pass.Now,
            Expires = only?.Ends,
            Position = pass.Entry.Position,
            Number = pass.Additions<LedgerEntry>().ByEntry.Count(),
            Lots = [.. parts.Select(part => new LedgerPart(part.Lot.Id, part.Amount))],
        });
        await pass.PublishAsync(new WalletMoved(pass, account, id, kind, parts));
        return account;
    }
}
