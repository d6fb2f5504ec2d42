using Loyalty.Accounts.Contracts;

namespace Loyalty.Accounts;

/// <summary>
/// What became of orders, for wallets: what was spent on an order that has ended comes back, and what orders have earned by a rate follows their
/// worth.
/// </summary>
internal sealed class FollowOrders : IAfterEntry
{
    public async Task AfterEntryAsync(Pass pass)
    {
        var records = pass.Documents<OrderRecord>();
        foreach (var id in records.ChangedByEntry.ToArray())
            if (records.Find(id) is { Owner.Length: > 0 } after)
                await FollowAsync(pass, records.BeforeEntry(id), after);
    }

    /// <summary>What else an entry needs that touches an order.</summary>
    public static void Needs(Needs needs, string order)
    {
        needs.Group(OrderDebit.OfOrder, order);
        needs.Group(RateCredit.OfOrder, order);
        foreach (var owner in needs.Of(OrderDebit.OfOrder, order).Select(debit => debit.Owner).Concat(needs.Of(RateCredit.OfOrder, order).Select(credit => credit.Owner)).ToArray())
            if (owner.Length > 0)
                needs.Document<Account>(owner);
    }

    private static async Task FollowAsync(Pass pass, OrderRecord? before, OrderRecord after)
    {
        if (before?.Phase != after.Phase)
            foreach (var debit in pass.Documents<OrderDebit>().Of(OrderDebit.OfOrder, after.Id).OrderBy(debit => debit.Key, StringComparer.Ordinal))
            {
                if (after.Phase == OrderPhase.Ended)
                    await debit.ReturnAsync(pass);
                else if (after.Phase == OrderPhase.Paid && debit.DueAt is not null)
                    pass.Put(debit.Paid(pass.Now));
            }
        if (before is { Phase: OrderPhase.Paid, Owner.Length: > 0 } && (WorthOf(before) != WorthOf(after) || before.Owner != after.Owner))
            await CorrectAsync(pass, before, after);
    }

    private static async Task CorrectAsync(Pass pass, OrderRecord before, OrderRecord after)
    {
        var order = after.Id[(after.Tenant.Length + 1)..];
        foreach (var credit in pass.Documents<RateCredit>().Of(RateCredit.OfOrder, after.Id).OrderBy(credit => credit.Key, StringComparer.Ordinal))
            await credit.CorrectAsync(pass, order, credit.Owner == after.Owner ? WorthOf(after) : 0);
        if (pass.AccountOf(before.Owner) is { } account)
            await pass.PublishAsync(new OrderWorthChanged(pass, account, order, before.Owner == after.Owner ? WorthOf(after) : 0));
    }

    private static decimal WorthOf(OrderRecord order) => order.Phase == OrderPhase.Paid ? order.Counted : 0;
}
