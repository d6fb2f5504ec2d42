using FsCheck.Xunit;
using Loyalty.Campaigns;
using Loyalty.Events;
using Loyalty.Events.Contracts;

namespace Loyalty.Tests.Campaigns;

public sealed class LedgerTests
{
    private static readonly WalletStateDefinition Credit = new() { Id = "credit", Amount = 5.25m, ValidFor = "P90D", Wallet = "main" };

    [Fact]
    public void A_credit_is_booked_and_handed_over_once()
    {
        var room = new PassSimulator(Given.Campaign(Given.Definition(Credit)));

        room.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o1") });
        room.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o2") });

        var booked = Assert.Single(room.Ledger);
        var now = PassSimulator.Start.AddSeconds(1);
        Assert.Equal((5.25m, "main", "spring", "credit", now, now.AddDays(90)), (booked.Amount, booked.Wallet, booked.Campaign, booked.State, booked.At, booked.Expires));
        Assert.Equal(5.25m, room.Account("alice").Counter("wallet"));
        var item = Assert.Single(room.Outbox);
        Assert.Equal((booked.Id, OutboxKind.Wallet, "alice"), (item.Id, item.Kind, item.Account));
        Assert.Equal("""{"amount":5.25,"expires":"2026-05-30T12:00:01Z"}""", item.Body);
    }

    [Fact]
    public void Without_an_outside_wallet_it_stays_in_the_ledger_alone()
    {
        var room = new PassSimulator(Given.Campaign(Given.Definition(Credit with { ValidFor = null })));
        room.Settings = room.Settings with { WalletUrl = null };

        room.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o1") });

        Assert.Null(Assert.Single(room.Ledger).Expires);
        Assert.Empty(room.Outbox);
    }

    [Fact]
    public void What_an_event_adds_or_takes_is_in_the_ledger_and_is_not_handed_over()
    {
        var room = new PassSimulator();

        room.Decide(new WalletEvent { Account = "alice", Amount = 10, Wallet = "cash" });
        room.Decide(new WalletEvent { Account = "alice", Amount = -2.5m });

        Assert.Equal([(10m, "cash"), (-2.5m, null)], room.Ledger.OrderBy(entry => entry.At).Select(entry => (entry.Amount, entry.Wallet)));
        Assert.Empty(room.Outbox);
    }

    [Property(MaxTest = 60)]
    public void Whatever_happens_the_ledger_adds_up_to_the_balance(byte[] moves)
    {
        var room = new PassSimulator(Story.Campaigns);
        var index = 0;
        foreach (var chapter in moves.Chunk(7))
        {
            var coupons = room.Coupons.ToArray();
            InboxEntry[] entries = [.. chapter.Select(move => Story.Entry(room, coupons, move, index++))];
            room.Decide(entries);
            room.Decide(room.TakeFollowUps());
        }

        Assert.All(room.Accounts, account =>
            Assert.Equal(account.Counter("wallet"), room.Ledger.Where(entry => entry.Incarnation == account.Incarnation).Sum(entry => entry.Amount)));
        Assert.Equal(room.Ledger.Count(entry => entry.Campaign is not null), room.Outbox.Count(item => item.Kind == OutboxKind.Wallet));
    }
}
