using Loyalty.Accounts.Contracts;

namespace Loyalty.Accounts;

/// <summary>An order on which a wallet has spent something is still not paid: it comes back.</summary>
internal sealed class ReturnDebit : EntryHandler<ReturnDebit.Body>
{
    public const string Source = "accounts.debits";

    /// <param name="Debit">The key of the debit.</param>
    [EntryKind("account.debit-return")]
    internal sealed record Body(string Debit);

    public static DueItem ItemOf(OrderDebit debit) => new(
        debit.Tenant, debit.DueAt!.Value, "What a wallet has spent on an order comes back, unless the order is paid.", new Body(debit.Key), debit.Owner[(debit.Tenant.Length + 1)..]);

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
        needs.Document<OrderDebit>(body.Debit);
        if (needs.Find<OrderDebit>(body.Debit) is not { Owner.Length: > 0 } debit)
            return;
        needs.Document<Account>(debit.Owner);
        needs.Document<OrderRecord>(debit.Order);
    }

    protected override async Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        if (pass.Find<OrderDebit>(body.Debit) is not { Owner.Length: > 0 } debit || !(debit.DueAt <= pass.Now))
            return;
        pass.Concerns(debit.Owner[(debit.Tenant.Length + 1)..]);
        if (pass.Find<OrderRecord>(debit.Order) is { Phase: OrderPhase.Paid })
            pass.Put(debit.Paid(pass.Now));
        else if (pass.AccountOf(debit.Owner) is not null)
            await debit.ReturnAsync(pass);
        else
            pass.Put(debit.Erased(pass.Now));
    }
}
