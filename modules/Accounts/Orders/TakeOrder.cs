using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>ORDER takes a status of an order: whose order it is, how far it has come, what that does to the account.</summary>
internal sealed class TakeOrder : EntryHandler<OrderEvent>
{
    protected override void Needs(Needs needs, Entry entry, OrderEvent body)
    {
        var order = body.Order;
        needs.Document<OrderRecord>(OrderRecord.IdOf(entry.Tenant, order.Id));
        Members.NeededBy(needs, entry, body.Account, body.Card ?? order.LoyaltyId);
        if (CustomerOf(order) is { } customer)
            needs.Account(entry.Tenant, customer);
    }

    protected override async Task DecideAsync(Pass pass, Entry entry, OrderEvent body)
    {
        foreach (var changed in Take(pass, entry, body))
            await pass.PublishAsync(changed);
    }

    private static IReadOnlyList<AccountChanged> Take(Pass pass, Entry entry, OrderEvent happened)
    {
        var order = happened.Order;
        var id = OrderRecord.IdOf(entry.Tenant, order.Id);
        var record = pass.Find<OrderRecord>(id);
        if (record is { Owner: "" })
            throw new EntryRejectedException(EntryProblem.Of("order_of_erased_account", $"The account of order {order.Id} has been erased.", 409));
        var (owner, newCard) = OwnerOf(pass, entry, happened, record);
        pass.Concerns(owner);
        foreach (var user in order.Users ?? [])
            if (user.UserId != owner)
                pass.AlsoConcerns(user.UserId);
        var left = record is { Phase: OrderPhase.Open } && record.Account != owner ? Leave(pass, entry, record.Account, order) : null;
        var before = record?.Phase ?? OrderPhase.None;
        var worth = before != OrderPhase.Paid ? order.EditTotal ?? order.Total
            : OrderLife.PhaseOf(order.Status) == OrderPhase.Paid && order.EditTotal is { } edited ? edited
            : record!.Counted;
        var turn = new OrderTurn(order, before, OrderLife.After(before, order.Status), worth);
        pass.Put(new OrderRecord
        {
            Id = id,
            Tenant = entry.Tenant,
            Owner = Key.Of(entry.Tenant, owner),
            Phase = turn.After,
            Status = before == OrderPhase.Ended ? record!.Status : order.Status,
            Counted = turn.After == OrderPhase.Paid ? turn.Total : 0,
        });
        var account = Members.Open(pass, entry.Tenant, owner, entry.At, newCard);
        account = pass.Change(account, known => OrderLife.Apply(Seen.With(known, happened, entry), turn, entry.At));
        if (before == OrderPhase.Paid && turn.After == OrderPhase.Paid)
            account = pass.Change(account, known => known.Counting(new Dictionary<string, decimal> { ["total"] = turn.Total - record!.Counted }));
        KeepConsents.OfTransaction(pass, account, happened);
        var taken = new AccountChanged(pass, account, turn);
        return left is null ? [taken] : [left, taken];
    }

    /// <summary>The user who is the member, if an order says so.</summary>
    private static string? CustomerOf(Order order) => order.Users?.FirstOrDefault(user => user.Roles?.Contains("CUSTOMER") == true)?.UserId;

    /// <summary>Note: for the account that an unpaid order leaves it is over, so that coupons which it holds there are free again.</summary>
    private static AccountChanged Leave(Pass pass, Entry entry, string account, Order order) => new(
        pass, pass.Change(pass.Account(entry.Tenant, account)!, previous => OrderLife.Forget(previous, order.Id)),
        new OrderTurn(order, OrderPhase.Open, OrderPhase.Ended, 0));

    /// <summary>
    /// Once an order has counted or ended it stays with its account. Before that: the event's account, else the holder of its
    /// card or of the order's loyaltyId, else the customer, else a new account for the unknown card.
    /// </summary>
    private static (string Owner, string? NewCard) OwnerOf(Pass pass, Entry entry, OrderEvent happened, OrderRecord? record)
    {
        var order = happened.Order;
        if (record is { Phase: OrderPhase.Paid or OrderPhase.Ended })
            return (record.Account, null);
        var card = happened.Card ?? order.LoyaltyId;
        if (happened.Account is not null || Members.HolderOf(pass, entry.Tenant, card) is not null)
            return (Members.Resolve(pass, entry, happened.Account, card), null);
        if (card is not null)
            return (record?.Account ?? Members.Resolve(pass, entry, null, card), card);
        if (CustomerOf(order) is { } customer)
            return (customer, null);
        return record is not null ? (record.Account, null) : throw new EntryRejectedException(EntryProblem.OfField(
            "account", "Name the account or its card in the event, the card as the order's loyaltyId, or a user with the role CUSTOMER."));
    }
}
