using Loyalty.Accounts.Contracts;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Accounts;

/// <summary>
/// Something that a wallet has spent on an order, as stored in <c>accounts.orderDebits</c>: what it was taken from, so that it can come back. It
/// comes back when the order is cancelled, or has not been paid within 24 hours.
/// </summary>
internal sealed record OrderDebit : IPassDocument
{
    public const string Collection = "accounts.orderDebits";

    /// <summary>How long after its payment an order can give it back.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private static readonly TimeSpan Unpaid = TimeSpan.FromHours(24);

    public static readonly DocumentGroup<OrderDebit> OfOrder = new(debit => debit.Order);

    public static readonly DocumentGroup<OrderDebit> OfOwner = new(debit => debit.Owner);

    /// <summary>Tenant and the id of the ledger's entry.</summary>
    [BsonId]
    public required string Key { get; init; }

    [BsonIgnore]
    string IPassDocument.Id => Key;

    public long LastPass { get; init; }

    public required string Tenant { get; init; }

    /// <summary>The key (tenant and id) of the account; empty once it is erased.</summary>
    public required string Owner { get; init; }

    /// <summary>The id of the order's record.</summary>
    public required string Order { get; init; }

    public required IReadOnlyList<WalletPart> Parts { get; init; }

    /// <summary>When it comes back if the order is not paid by then. Not set once that is settled.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>It cannot come back any more, and is forgotten then.</summary>
    public DateTimeOffset? ExpireAt { get; init; }

    public bool HasReturned { get; init; }

    public static void Keep(Pass pass, Account account, string id, string order, IReadOnlyList<WalletPart> parts)
    {
        var record = pass.Find<OrderRecord>(OrderRecord.IdOf(account.Tenant, order));
        if (record is { Phase: OrderPhase.Ended })
            throw new EntryRejectedException(EntryProblem.OfField("order", $"The order {order} is cancelled or abandoned: nothing can be spent on it.", "order_ended", 409));
        var debit = new OrderDebit
        {
            Key = Passes.Key.Of(account.Tenant, id),
            Tenant = account.Tenant,
            Owner = account.Key,
            Order = OrderRecord.IdOf(account.Tenant, order),
            Parts = parts,
            DueAt = pass.Now + Unpaid,
        };
        pass.Put(record is { Phase: OrderPhase.Paid } ? debit.Paid(pass.Now) : debit);
    }

    public OrderDebit Paid(DateTimeOffset now) => this with { DueAt = null, ExpireAt = now + Kept };

    public async Task ReturnAsync(Pass pass)
    {
        if (HasReturned || ExpireAt <= pass.Now || pass.AccountOf(Owner) is not { } account)
            return;
        pass.Put(this with { HasReturned = true, DueAt = null, ExpireAt = pass.Now + AccountErased.TombstonesStay });
        account = await pass.LapseAsync(account);
        var (returned, parts) = WalletBook.Return(account, Parts);
        account = await WalletsInPass.BookAsync(pass, returned, WalletMove.Return, parts, order: Order[(Tenant.Length + 1)..]);
        // Note: what has ended meanwhile comes back, so that the books are right, and lapses at once.
        account = await pass.LapseAsync(account);
        await pass.PublishAsync(new AccountChanged(pass, account, null));
    }

    public OrderDebit Erased(DateTimeOffset expireAt) => this with { Owner = "", Parts = [], DueAt = null, ExpireAt = expireAt, HasReturned = true };
}
