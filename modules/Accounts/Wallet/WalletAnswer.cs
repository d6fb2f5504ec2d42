using Loyalty.Accounts.Contracts;

namespace Loyalty.Accounts;

/// <summary>What a wallet holds, and how it came to that.</summary>
internal sealed record WalletAnswer
{
    public required string Account { get; init; }

    /// <summary>The sum of what is left of all credits, and of all movements; the account's counter <c>wallet</c>.</summary>
    public required decimal Balance { get; init; }

    /// <summary>What ends next. Absent where nothing does.</summary>
    public WalletEnd? EndsNext { get; init; }

    /// <summary>Credits of which something is left, in the order in which they are spent: what ends first in front.</summary>
    public required IReadOnlyList<WalletLotAnswer> Lots { get; init; }

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<WalletMovement> Movements { get; init; }

    /// <summary>There are older movements: ask again with this <c>cursor</c>.</summary>
    public string? Cursor { get; init; }

    public static WalletAnswer Of(string id, Account? account, IReadOnlyList<LedgerEntry> movements, int limit)
    {
        IReadOnlyList<WalletLot> lots = account is null ? [] : WalletBook.LotsOf(account);
        return new()
        {
            Account = id,
            Balance = account?.Counter("wallet") ?? 0,
            EndsNext = lots.Where(lot => lot.Ends is not null).GroupBy(lot => lot.Ends!.Value).OrderBy(same => same.Key).Select(same => new WalletEnd(same.Key, same.Sum(lot => lot.Left))).FirstOrDefault(),
            Lots = [.. lots.Select(lot => new WalletLotAnswer(lot.Id, lot.Amount, lot.Left, lot.At, lot.Ends, lot.Wallet, lot.Campaign, lot.State, lot.Event))],
            Movements = [.. movements.Take(limit).Select(WalletMovement.Of)],
            Cursor = movements.Count > limit ? $"{LedgerPoint.Of(movements[limit - 1])}" : null,
        };
    }
}

/// <param name="Amount">What is left by now of all that ends then.</param>
internal sealed record WalletEnd(DateTimeOffset At, decimal Amount);

/// <param name="Id">Of the movement that gave it.</param>
/// <param name="Amount">What was given, less what was taken back.</param>
/// <param name="Left">What may still be spent.</param>
/// <param name="At">When it was given.</param>
/// <param name="Ends">When what is left lapses. Absent: never.</param>
/// <param name="Wallet">A name that the sender gave.</param>
/// <param name="Campaign">The campaign that gave it.</param>
/// <param name="Event">The event that gave it, where its sender has named it.</param>
internal sealed record WalletLotAnswer(
    string Id, decimal Amount, decimal Left, DateTimeOffset At, DateTimeOffset? Ends, string? Wallet, string? Campaign, string? State, string? Event);

/// <summary>One movement of a wallet.</summary>
internal sealed record WalletMovement
{
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// CREDIT (given), DEBIT (spent), EXPIRY (ended), RETURN (spent on an order that was cancelled or not paid), TAKEN_BACK (an order that earned it was
    /// cancelled or refunded) or TRANSFER (from or to another account of the same person).
    /// </summary>
    public required WalletMove Kind { get; init; }

    /// <summary>Negative where something was taken.</summary>
    public required decimal Amount { get; init; }

    /// <summary>A name that the sender gave.</summary>
    public string? Wallet { get; init; }

    /// <summary>The campaign whose credit it was.</summary>
    public string? Campaign { get; init; }

    public string? State { get; init; }

    /// <summary>The order that it was spent on, or whose change corrected it.</summary>
    public string? Order { get; init; }

    /// <summary>The event that gave it, where its sender has named it.</summary>
    public string? Event { get; init; }

    /// <summary>Of a credit: when it ends.</summary>
    public DateTimeOffset? Ends { get; init; }

    /// <summary>Which credits got or lost how much.</summary>
    public required IReadOnlyList<WalletMovementLot> Lots { get; init; }

    public static WalletMovement Of(LedgerEntry entry) => new()
    {
        Id = entry.Id,
        At = entry.At,
        Kind = entry.Kind ?? (entry.Amount < 0 ? WalletMove.Debit : WalletMove.Credit),
        Amount = entry.Amount,
        Wallet = entry.Wallet,
        Campaign = entry.Campaign,
        State = entry.State,
        Order = entry.Order,
        Event = entry.Event,
        Ends = entry.Expires,
        Lots = [.. entry.Lots.Select(part => new WalletMovementLot(part.Lot, part.Amount))],
    };
}

/// <param name="Lot">The credit's id.</param>
/// <param name="Amount">Signed.</param>
internal sealed record WalletMovementLot(string Lot, decimal Amount);
