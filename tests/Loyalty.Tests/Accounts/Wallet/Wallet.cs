using Loyalty.Accounts;
using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using Loyalty.Tests.Campaigns;

namespace Loyalty.Tests.Accounts;

/// <summary>A wallet in a simulator: what is booked into it, and what falls due.</summary>
internal sealed class Wallet(PassSimulator simulator, string account = "alice")
{
    public decimal Balance => simulator.Account(account).Counter("wallet");

    public IReadOnlyList<WalletLot> Lots => simulator.Account(account).Lots;

    public IEnumerable<(WalletMove? Kind, decimal Amount)> Movements =>
        simulator.Ledger.Where(entry => entry.Incarnation == simulator.Account(account).Incarnation)
            .OrderBy(entry => entry.Position).ThenBy(entry => entry.Number).Select(entry => (entry.Kind, entry.Amount));

    public EventOutcome Credit(decimal amount, string? validFor = null) =>
        simulator.Decide(new WalletEvent { Account = account, Amount = amount, ValidFor = validFor });

    public EventOutcome Spend(decimal amount, string? order = null) => simulator.Decide(new WalletEvent { Account = account, Amount = -amount, Order = order });

    public EventOutcome Order(string id, decimal total, string status = "COMPLETED") =>
        simulator.Decide(new OrderEvent { Account = account, Order = Given.Order(id, total, status) });

    /// <summary>Time passes, and what has fallen due by then is decided as a host would.</summary>
    public void Wait(TimeSpan time)
    {
        simulator.Wait(time);
        FallDue(simulator);
    }

    public static void FallDue(PassSimulator simulator)
    {
        foreach (var due in simulator.Accounts.Where(known => known.WalletDue <= simulator.Now).ToArray())
            simulator.Decide(simulator.Entry(new LapseWallet.Body(), due.Id));
        foreach (var debit in simulator.All<OrderDebit>(OrderDebit.Collection).Where(debit => debit.DueAt <= simulator.Now).ToArray())
            simulator.Decide(simulator.Entry(new ReturnDebit.Body(debit.Key), debit.Owner[(debit.Tenant.Length + 1)..]));
    }
}
