using Loyalty.Accounts.Contracts;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Accounts;

/// <summary>
/// A credit that orders have earned by a rate, as stored in <c>accounts.rateCredits</c>. When one of them is refunded or cancelled it is worked out
/// anew, and the difference is given or taken back.
/// </summary>
internal sealed record RateCredit : IPassDocument
{
    public const string Collection = "accounts.rateCredits";

    /// <summary>How long it follows its orders at most.</summary>
    private static readonly TimeSpan Follows = TimeSpan.FromDays(90);

    public static readonly DocumentGroup<RateCredit> OfOrder = new(credit => credit.Orders);

    public static readonly DocumentGroup<RateCredit> OfOwner = new(credit => credit.Owner);

    /// <summary>Tenant and the id of the lot.</summary>
    [BsonId]
    public required string Key { get; init; }

    [BsonIgnore]
    string IPassDocument.Id => Key;

    public long LastPass { get; init; }

    public required string Tenant { get; init; }

    /// <summary>The key (tenant and id) of the account; empty once it is erased.</summary>
    public required string Owner { get; init; }

    public required WalletLot Lot { get; init; }

    public required WalletRate Rate { get; init; }

    /// <summary>What each of the orders is worth.</summary>
    public required IReadOnlyList<OrderWorth> Worths { get; init; }

    /// <summary>The ids of the orders' records.</summary>
    public required IReadOnlyList<string> Orders { get; init; }

    /// <summary>What has been given for them, less what was taken back.</summary>
    public required decimal Granted { get; init; }

    public DateTimeOffset? ExpireAt { get; init; }

    public static void Keep(Pass pass, Account account, WalletLot lot, WalletRate rate, IReadOnlyList<OrderWorth> orders, DateTimeOffset? until)
    {
        var end = pass.Now + Follows;
        pass.Put(new RateCredit
        {
            Key = Passes.Key.Of(account.Tenant, lot.Id),
            Tenant = account.Tenant,
            Owner = account.Key,
            Lot = lot,
            Rate = rate,
            Worths = orders,
            Orders = [.. orders.Select(order => OrderRecord.IdOf(account.Tenant, order.Order))],
            Granted = lot.Amount,
            ExpireAt = until < end ? until : end,
        });
    }

    /// <summary>One of its orders is worth something else.</summary>
    public async Task CorrectAsync(Pass pass, string order, decimal worth)
    {
        if (Owner.Length == 0 || ExpireAt <= pass.Now || pass.AccountOf(Owner) is not { } account)
            return;
        var changed = this with { Worths = [.. Worths.Select(known => known.Order == order ? known with { Worth = worth } : known)] };
        var due = Rate.AmountFor(changed.Worths.Sum(known => known.Worth)) - Granted;
        account = await pass.LapseAsync(account);
        if (due > 0 && !(Lot.Ends <= pass.Now))
        {
            var (more, parts) = WalletBook.GiveMore(account, Lot with { Amount = Granted + due }, due);
            account = await WalletsInPass.BookAsync(pass, more, WalletMove.Credit, parts, order: order);
            changed = changed with { Granted = Granted + due };
        }
        else if (due < 0)
        {
            (account, var taken) = await pass.TakeBackAsync(account, Lot.Id, -due, order);
            changed = changed with { Granted = Granted - taken };
        }
        pass.Put(changed);
        if (changed.Granted != Granted)
            await pass.PublishAsync(new AccountChanged(pass, account, null));
    }

    public RateCredit Erased(DateTimeOffset expireAt) => this with { Owner = "", Worths = [], Orders = [], ExpireAt = expireAt };
}
