using FsCheck.Xunit;
using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns;
using Loyalty.Events.Contracts;

namespace Loyalty.Tests.Campaigns;

public sealed class LedgerTests
{
    private static readonly WalletStateDefinition Credit = new() { Id = "credit", Amount = 5.25m, ValidFor = "P90D", Wallet = "main" };

    [Fact]
    public void A_credit_is_booked_and_handed_over_once()
    {
        var simulator = new PassSimulator(Given.Campaign(Given.Definition(Credit)));

        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o1") });
        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o2") });

        var booked = Assert.Single(simulator.Ledger);
        var now = PassSimulator.Start.AddSeconds(1);
        Assert.Equal((5.25m, "main", "spring", "credit", now, now.AddDays(90)), (booked.Amount, booked.Wallet, booked.Campaign, booked.State, booked.At, booked.Expires));
        Assert.Equal(5.25m, simulator.Account("alice").Counter("wallet"));
        var item = Assert.Single(simulator.Outbox);
        Assert.Equal((booked.Id, WalletChannel.ChannelName, "alice"), (item.Id, item.Channel, item.Subject));
        Assert.Equal("""{"amount":5.25,"expires":"2026-05-30T12:00:01Z"}""", item.Body);
    }

    [Fact]
    public void Without_an_outside_wallet_it_stays_in_the_ledger_alone()
    {
        var simulator = new PassSimulator(Given.Campaign(Given.Definition(Credit with { ValidFor = null })));
        simulator.Settings = simulator.Settings with { WalletUrl = null };

        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o1") });

        Assert.Null(Assert.Single(simulator.Ledger).Expires);
        Assert.Empty(simulator.Outbox);
    }

    [Fact]
    public void What_an_event_adds_or_takes_is_in_the_ledger_and_is_not_handed_over()
    {
        var simulator = new PassSimulator();

        simulator.Decide(new WalletEvent { Account = "alice", Amount = 10, Wallet = "cash" });
        simulator.Decide(new WalletEvent { Account = "alice", Amount = -2.5m });

        Assert.Equal([(10m, "cash"), (-2.5m, null)], simulator.Ledger.OrderBy(entry => entry.At).Select(entry => (entry.Amount, entry.Wallet)));
        Assert.Empty(simulator.Outbox);
    }

    [Property(MaxTest = 60)]
    public void Whatever_happens_the_ledger_adds_up_to_the_balance(byte[] moves)
    {
        var simulator = new PassSimulator(Story.Campaigns);
        var index = 0;
        foreach (var chapter in moves.Chunk(7))
        {
            var coupons = simulator.Coupons.ToArray();
            InboxEntry[] entries = [.. chapter.Select(move => Story.Entry(simulator, coupons, move, index++))];
            simulator.Decide(entries);
            simulator.DecideFollowUps();
        }

        Assert.All(simulator.Accounts, account =>
            Assert.Equal(account.Counter("wallet"), simulator.Ledger.Where(entry => entry.Incarnation == account.Incarnation).Sum(entry => entry.Amount)));
        Assert.Equal(simulator.Ledger.Count(entry => entry is { Kind: WalletMove.Credit, Campaign: not null }), simulator.Outbox.Count(item => item.Channel == WalletChannel.ChannelName));
    }
}
