using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>Takes a status of an order: whose order it is, how far it has come, what that does to the account.</summary>
internal static class TakeOrder
{
    public static IReadOnlyList<AccountChanged> Apply(Pass pass, Entry entry, OrderEvent happened)
    {
        var order = happened.Order;
        var records = pass.Documents<OrderRecord>();
        var id = OrderRecord.IdOf(entry.Tenant, order.Id);
        var record = records.Find(id);
        if (record is { Account: "" })
            throw new EntryRejectedException(EventProblem.Of("order_of_erased_account", $"The account of order {order.Id} has been erased.", 409));
        var (owner, newCard) = OwnerOf(pass, entry, order, record);
        pass.Concerns(owner);
        var left = record is { Phase: OrderPhase.Open } && record.Account != owner ? Leave(pass, entry, record.Account, order) : null;
        var before = record?.Phase ?? OrderPhase.None;
        var turn = new OrderTurn(order, before, OrderLife.After(before, order.Status), before == OrderPhase.Paid ? record!.Counted : order.Total);
        records.Put(new OrderRecord
        {
            Id = id,
            Tenant = entry.Tenant,
            Account = owner,
            Phase = turn.After,
            Status = before == OrderPhase.Ended ? record!.Status : order.Status,
            Counted = turn.After == OrderPhase.Paid ? turn.Total : 0,
        });
        var account = Members.Open(pass, entry.Tenant, owner, entry.At, newCard);
        account = pass.Change(account, known => OrderLife.Apply(AccountEffects.Apply(known, happened, entry.At), turn, entry.At));
        var taken = new AccountChanged(pass, account, turn);
        return left is null ? [taken] : [left, taken];
    }

    /// <summary>Note: for the account that an unpaid order leaves it is over, so that coupons which it holds there are free again.</summary>
    private static AccountChanged Leave(Pass pass, Entry entry, string account, Order order) => new(
        pass, pass.Change(pass.Account(entry.Tenant, account)!, previous => OrderLife.Forget(previous, order.Id)),
        new OrderTurn(order, OrderPhase.Open, OrderPhase.Ended, 0));

    /// <summary>
    /// Once an order has counted or ended it stays with its account. Before that: the event's account, else the holder of its
    /// card or of the order's loyaltyId, else the customer, else a new account for the unknown card.
    /// </summary>
    private static (string Owner, string? NewCard) OwnerOf(Pass pass, Entry entry, Order order, OrderRecord? record)
    {
        if (record is { Phase: OrderPhase.Paid or OrderPhase.Ended })
            return (record.Account, null);
        var card = entry.Card ?? order.LoyaltyId;
        if (entry.Account is not null || Members.HolderOf(pass, entry.Tenant, card) is not null)
            return (Members.Resolve(pass, entry, card), null);
        if (card is not null)
            return (record?.Account ?? Members.Resolve(pass, entry, card), card);
        if (References.CustomerOf(order) is { } customer)
            return (customer, null);
        return record is not null ? (record.Account, null) : throw new EntryRejectedException(EventProblem.OfField(
            "account", "Name the account or its card in the event, the card as the order's loyaltyId, or a user with the role CUSTOMER."));
    }
}
