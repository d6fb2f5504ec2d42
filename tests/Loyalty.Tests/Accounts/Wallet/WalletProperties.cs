using FsCheck.Xunit;
using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns;
using Loyalty.Events.Contracts;
using Loyalty.Tests.Campaigns;

namespace Loyalty.Tests.Accounts;

public sealed class WalletProperties
{
    private static readonly string[] Members = ["alice", "bob"];
    private static readonly string[] Statuses = ["NEW", "COMPLETED", "COMPLETED", "CLOSED", "CANCELLED"];
    private static readonly string?[] Periods = [null, "PT6H", "P1D", "P3D"];

    [Property(MaxTest = 100)]
    public void Balance_lots_and_ledger_are_one_whatever_happens_and_however_the_clock_moves(byte[] moves)
    {
        var simulator = new PassSimulator(Points.Campaign);
        var index = 0;
        foreach (var chapter in moves.Chunk(5))
        {
            simulator.Decide([.. chapter.Select(move => Entry(simulator, move, index++))]);
            simulator.Wait(TimeSpan.FromHours(chapter[0] % 40));
            if (chapter[0] % 2 == 0)
                Wallet.FallDue(simulator);
            foreach (var account in simulator.Accounts)
            {
                var booked = simulator.Ledger.Where(entry => entry.Incarnation == account.Incarnation).ToArray();
                Assert.Equal(account.Counter("wallet"), account.Lots.Sum(lot => lot.Left));
                Assert.Equal(account.Counter("wallet"), booked.Sum(entry => entry.Amount));
                Assert.All(booked, entry => Assert.Equal(entry.Amount, entry.Lots.Sum(part => part.Amount)));
                Assert.All(account.Lots, lot => Assert.InRange(lot.Left, 0.0001m, lot.Amount));
                Assert.All(account.Lots, lot => Assert.Equal(lot.Left, booked.SelectMany(entry => entry.Lots).Where(part => part.Lot == lot.Id).Sum(part => part.Amount)));
            }
        }
        Assert.All(simulator.Totals, total => Assert.Equal(
            simulator.Accounts.Sum(account => account.Lots.Where(lot => lot.Campaign is not null).Sum(lot => lot.Left)),
            total.Figures.CreditGiven - total.Figures.CreditSpent - total.Figures.CreditExpired - total.Figures.CreditTakenBack));
    }

    private static InboxEntry Entry(PassSimulator simulator, byte move, int index)
    {
        var member = Members[move % 2];
        return (move / 2 % 8) switch
        {
            0 => simulator.Event(new WalletEvent { Account = member, Amount = move % 7 + 0.25m, ValidFor = Periods[move % 4] }),
            1 => simulator.Event(new WalletEvent { Account = member, Amount = -(move % 5) - 0.5m }),
            2 => simulator.Event(new WalletEvent { Account = member, Amount = -(move % 5) - 0.5m, Order = $"o{index / 4}" }),
            3 or 4 => simulator.Event(new OrderEvent { Account = member, Order = Given.Order($"o{index / 3}", move % 9 * 3.5m, Statuses[move / 16 % 5]) }),
            5 => simulator.Event(new OrderEvent { Account = member, Order = Given.Order($"o{index}", move % 9 * 3.5m) }),
            6 => simulator.Entry(new BuyCoupon.Body(Points.Id, null), member),
            _ => simulator.Event(new OrderEvent { Account = member, Order = Given.Order($"o{(index - 1) / 3}", 20, "CLOSED") with { EditTotal = move % 20 } }),
        };
    }
}
