using Loyalty.Accounts.Contracts;

namespace Loyalty.Accounts;

/// <summary>The lots of a wallet: what ends first is spent first, and the counter <c>wallet</c> is always their sum. Pure.</summary>
internal static class WalletBook
{
    /// <summary>Beyond it the two that end soonest become one, which ends when the later of them does.</summary>
    public const int MostLots = 1000;

    private const string Counter = "wallet";

    /// <summary>Money is kept to four decimals.</summary>
    public static decimal Rounded(decimal amount) => Math.Round(amount, 4, MidpointRounding.AwayFromZero);

    /// <summary>Note: what a wallet held before there were lots is one lot without end.</summary>
    public static IReadOnlyList<WalletLot> LotsOf(Account account) => account.Counter(Counter) - account.Lots.Sum(lot => lot.Left) is not 0m and var rest
        ? [.. account.Lots, new WalletLot { Id = CauseId.Of(account.Incarnation, "opening"), Amount = rest, Left = rest, At = account.Header.Created ?? DateTimeOffset.UnixEpoch }]
        : account.Lots;

    public static Account With(Account account, IEnumerable<WalletLot> lots)
    {
        List<WalletLot> sorted = [.. Covered([.. lots.Where(lot => lot.Left != 0).OrderBy(lot => lot.Ends ?? DateTimeOffset.MaxValue).ThenBy(lot => lot.At).ThenBy(lot => lot.Id, StringComparer.Ordinal)])];
        for (; sorted.Count > MostLots; sorted.RemoveAt(0))
            sorted[1] = sorted[1] with { Amount = sorted[0].Amount + sorted[1].Amount, Left = sorted[0].Left + sorted[1].Left };
        return account with { Lots = sorted, Counters = account.Counters.With(Counter, sorted.Sum(lot => lot.Left)) };
    }

    /// <summary>The account without what has ended by now.</summary>
    public static (Account Account, IReadOnlyList<WalletPart> Parts) Lapse(Account account, DateTimeOffset now)
    {
        var ended = LotsOf(account).ToLookup(lot => lot.Ends <= now);
        return (With(account, ended[false]), [.. ended[true].Select(lot => new WalletPart(lot, -lot.Left))]);
    }

    /// <summary>Null: there is not so much in it.</summary>
    public static (Account Account, IReadOnlyList<WalletPart> Parts)? Spend(Account account, decimal amount)
    {
        var lots = LotsOf(account);
        if (lots.Sum(lot => lot.Left) < amount)
            return null;
        var (left, taken) = Take(lots, amount);
        return (With(account, left), taken);
    }

    /// <summary>Gives back to lots what was taken from them, with their old ends.</summary>
    /// <param name="taken">Negative, as it was taken.</param>
    public static (Account Account, IReadOnlyList<WalletPart> Parts) Return(Account account, IReadOnlyList<WalletPart> taken)
    {
        var lots = LotsOf(account).ToList();
        foreach (var (lot, amount) in taken)
            Add(lots, lot, -amount, 0);
        return (With(account, lots), [.. taken.Select(part => part with { Amount = -part.Amount })]);
    }

    /// <summary>A credit becomes more, in its own lot.</summary>
    /// <param name="lot">As it was given.</param>
    public static (Account Account, IReadOnlyList<WalletPart> Parts) GiveMore(Account account, WalletLot lot, decimal amount)
    {
        var lots = LotsOf(account).ToList();
        Add(lots, lot, amount, amount);
        return (With(account, lots), [new WalletPart(lot, amount)]);
    }

    /// <summary>A credit becomes less, as far as its own lot still holds it.</summary>
    public static (Account Account, IReadOnlyList<WalletPart> Parts) TakeBack(Account account, string lot, decimal amount)
    {
        var lots = LotsOf(account).ToList();
        var index = lots.FindIndex(known => known.Id == lot);
        var taken = index < 0 ? 0 : Math.Min(lots[index].Left, amount);
        if (taken <= 0)
            return (account, []);
        var before = lots[index];
        lots[index] = before with { Amount = before.Amount - taken, Left = before.Left - taken };
        return (With(account, lots), [new WalletPart(before, -taken)]);
    }

    public static EntryRejectedException TooLittle(Account account, decimal amount)
    {
        var balance = account.Counter(Counter);
        var message = FormattableString.Invariant($"The wallet holds {balance:0.####}; {amount:0.####} cannot be taken from it.");
        return new(EntryProblem.OfField("amount", message, "wallet_too_low", 409) with { Values = new Dictionary<string, decimal> { ["balance"] = balance } });
    }

    private static void Add(List<WalletLot> lots, WalletLot lot, decimal left, decimal amount)
    {
        var index = lots.FindIndex(known => known.Id == lot.Id);
        if (index >= 0)
            lots[index] = lots[index] with { Left = lots[index].Left + left, Amount = lots[index].Amount + amount };
        else
            lots.Add(lot with { Left = left });
    }

    private static (List<WalletLot> Left, List<WalletPart> Taken) Take(IReadOnlyList<WalletLot> lots, decimal amount)
    {
        var (left, taken) = (new List<WalletLot>(), new List<WalletPart>());
        foreach (var lot in lots)
        {
            var part = Math.Max(0, Math.Min(lot.Left, amount));
            amount -= part;
            if (part > 0)
                taken.Add(new WalletPart(lot, -part));
            left.Add(lot with { Left = lot.Left - part });
        }
        return (left, taken);
    }

    /// <summary>Note: only a wallet of before, which could be overdrawn, has a lot below zero; whatever is credited covers it first.</summary>
    private static IReadOnlyList<WalletLot> Covered(IReadOnlyList<WalletLot> lots)
    {
        if (lots.FirstOrDefault(lot => lot.Left < 0) is not { } debt)
            return lots;
        var (left, taken) = Take([.. lots.Where(lot => lot != debt)], -debt.Left);
        var owed = debt.Left - taken.Sum(part => part.Amount);
        return [.. left.Where(lot => lot.Left != 0), .. owed < 0 ? [debt with { Left = owed }] : Array.Empty<WalletLot>()];
    }
}
