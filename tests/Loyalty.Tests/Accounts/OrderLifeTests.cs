using System.Globalization;
using FsCheck.Xunit;
using Loyalty.Accounts;
using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using Loyalty.Time;

namespace Loyalty.Tests.Accounts;

public sealed class OrderLifeTests
{
    private static readonly string[] Open = ["NEW", "IN_PROGRESS", "SOMETHING_ELSE"];
    private static readonly string[] Paid = ["COMPLETED", "VERIFIED", "DELIVER", "DELIVERED", "PICKED", "CLOSED"];
    private static readonly string[] Ended = ["CANCELLED", "ABANDONED"];

    /// <summary>The first status comes with a total of 10, the second with one of 12.</summary>
    private static readonly Dictionary<(OrderPhase First, OrderPhase Second), After> Table = new()
    {
        [(OrderPhase.Open, OrderPhase.Open)] = new(OrderPhase.Open, 0, 0, Opened: "second", Previous: null),
        [(OrderPhase.Open, OrderPhase.Paid)] = new(OrderPhase.Paid, 1, 12, Opened: null, Previous: "second"),
        [(OrderPhase.Open, OrderPhase.Ended)] = new(OrderPhase.Ended, 0, 0, Opened: null, Previous: "second"),
        [(OrderPhase.Paid, OrderPhase.Open)] = new(OrderPhase.Paid, 1, 10, Opened: null, Previous: "first"),
        [(OrderPhase.Paid, OrderPhase.Paid)] = new(OrderPhase.Paid, 1, 10, Opened: null, Previous: "second"),
        [(OrderPhase.Paid, OrderPhase.Ended)] = new(OrderPhase.Ended, 0, 0, Opened: null, Previous: "second"),
        [(OrderPhase.Ended, OrderPhase.Open)] = new(OrderPhase.Ended, 0, 0, Opened: null, Previous: "first"),
        [(OrderPhase.Ended, OrderPhase.Paid)] = new(OrderPhase.Ended, 0, 0, Opened: null, Previous: "first"),
        [(OrderPhase.Ended, OrderPhase.Ended)] = new(OrderPhase.Ended, 0, 0, Opened: null, Previous: "first"),
    };

    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        string[] statuses = [.. Open, .. Paid, .. Ended];
        foreach (var first in statuses)
            foreach (var second in statuses)
                pairs.Add(first, second);
        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_pair_of_statuses_leads_where_the_table_says(string first, string second)
    {
        var expected = Table[(PhaseOf(first), PhaseOf(second))];
        foreach (var isOnePass in new[] { true, false })
        {
            var simulator = new PassSimulator();
            var one = simulator.Event(Event("o1", first, 10));
            var two = simulator.Event(Event("o1", second, 12));
            if (isOnePass)
                simulator.Decide([one, two]);
            else
                Assert.All([simulator.Decide([one]), simulator.Decide([two])], outcomes => Assert.Equal(OutcomeStatus.Applied, Assert.Single(outcomes).Status));

            var account = simulator.Account("alice");
            var record = Assert.Single(simulator.Orders);
            Assert.Equal(expected.Phase, record.Phase);
            Assert.Equal(expected.Phase == OrderPhase.Paid ? expected.Total : 0, record.Counted);
            Assert.Equal(expected.Orders, account.Counter("orders"));
            Assert.Equal(expected.Total, account.Counter("total"));
            Assert.Equal(StatusesOf(expected.Opened), account.OpenedOrders.Select(order => order.Status));
            Assert.Equal(StatusesOf(expected.Previous), account.PreviousOrders.Select(order => order.Status));
            Assert.Equal(PhaseOf(first) == OrderPhase.Paid || expected.Phase == OrderPhase.Paid, account.Venues.Contains("old-town"));
            Assert.Equal(PhaseOf(first) == OrderPhase.Paid || expected.Phase == OrderPhase.Paid, account.Header.LastOrder is not null);
        }

        string[] StatusesOf(string? which) => which is null ? [] : [which == "first" ? first : second];
    }

    [Property(MaxTest = 100)]
    public void Whatever_statuses_arrive_and_repeat_an_order_counts_once_and_an_ended_one_never(byte[] statuses)
    {
        var simulator = new PassSimulator();
        string[] all = [.. Open, .. Paid, .. Ended];
        var phase = OrderPhase.None;
        foreach (var status in statuses.Select(status => all[status % all.Length]))
        {
            simulator.Decide(Event("o1", status, 10));
            phase = phase == OrderPhase.Ended || PhaseOf(status) == OrderPhase.Ended ? OrderPhase.Ended
                : phase == OrderPhase.Paid ? OrderPhase.Paid
                : PhaseOf(status);
            var account = simulator.Account("alice");
            Assert.Equal(phase == OrderPhase.Paid ? 1 : 0, account.Counter("orders"));
            Assert.Equal(phase == OrderPhase.Paid ? 10 : 0, account.Counter("total"));
            Assert.Equal(phase == OrderPhase.Open ? 1 : 0, account.OpenedOrders.Count);
            Assert.Equal(phase == OrderPhase.Open ? 0 : 1, account.PreviousOrders.Count);
        }
    }

    [Property(MaxTest = 100)]
    public void Totals_add_up_without_loss_and_cancelling_all_leads_back_to_nothing(int[] millionths)
    {
        var totals = millionths.Select(amount => amount / 1_000_000m).ToArray();
        var account = Campaigns.Given.Account();
        for (var index = 0; index < totals.Length; index++)
            account = OrderLife.Apply(account, new OrderTurn(Order($"o{index}", "CLOSED", totals[index]), OrderPhase.None, OrderPhase.Paid, totals[index]), PassSimulator.Start);
        Assert.Equal(totals.Sum(), account.Counter("total"));
        Assert.Equal(totals.Length, account.Counter("orders"));

        for (var index = 0; index < totals.Length; index++)
            account = OrderLife.Apply(account, new OrderTurn(Order($"o{index}", "CANCELLED", 99), OrderPhase.Paid, OrderPhase.Ended, totals[index]), PassSimulator.Start);
        Assert.Equal(0, account.Counter("total"));
        Assert.Equal(0, account.Counter("orders"));
    }

    [Theory]
    [InlineData("13.90")]
    [InlineData("0")]
    [InlineData("-2.500000")]
    [InlineData("1000000000")]
    public void Money_is_shown_as_it_was_said(string total)
    {
        var simulator = new PassSimulator();
        simulator.Decide(Event("o1", "CLOSED", decimal.Parse(total, CultureInfo.InvariantCulture)) with
        {
            Order = Order("o1", "CLOSED", decimal.Parse(total, CultureInfo.InvariantCulture)) with { EditTotal = 1.10m },
        });

        var order = Assert.Single(simulator.Account("alice").PreviousOrders);
        Assert.Equal(total, order.Total);
        Assert.Equal("1.10", order.EditTotal);
    }

    [Fact]
    public void The_newest_10_orders_are_remembered_whatever_order_they_arrive_in()
    {
        var simulator = new PassSimulator();
        foreach (var day in new[] { 5, 11, 2, 9, 1, 12, 7, 3, 10, 8, 4, 6 })
            simulator.Decide(new OrderEvent { Account = "alice", Order = Order($"o{day}", "CLOSED", 1) with { Created = At(day) } });

        Assert.Equal(Enumerable.Range(3, 10).Reverse().Select(day => $"o{day}"), simulator.Account("alice").PreviousOrders.Select(order => order.Id));
        Assert.Equal(12, simulator.Account("alice").Counter("orders"));
    }

    [Fact]
    public void An_order_that_is_forgotten_can_still_be_cancelled()
    {
        var simulator = new PassSimulator();
        for (var day = 1; day <= 12; day++)
            simulator.Decide(new OrderEvent { Account = "alice", Order = Order($"o{day}", "CLOSED", day) with { Created = At(day) } });

        simulator.Decide(new OrderEvent { Account = "alice", Order = Order("o1", "CANCELLED", 77) with { Created = At(1) } });

        Assert.Equal(11, simulator.Account("alice").Counter("orders"));
        Assert.Equal(77, simulator.Account("alice").Counter("total"));
        Assert.DoesNotContain(simulator.Account("alice").PreviousOrders, order => order.Id == "o1");
    }

    [Fact]
    public void The_oldest_opened_order_drops_out_beyond_20_and_still_counts_when_it_is_paid()
    {
        var simulator = new PassSimulator();
        simulator.Decide(Enumerable.Range(1, 21).Select(day => simulator.Event(new OrderEvent { Account = "alice", Order = Order($"o{day}", "NEW", day) with { Created = At(day) } })));
        Assert.Equal(Enumerable.Range(2, 20).Reverse().Select(day => $"o{day}"), simulator.Account("alice").OpenedOrders.Select(order => order.Id));

        simulator.Decide(new OrderEvent { Account = "alice", Order = Order("o1", "CLOSED", 1) });

        Assert.Equal(1, simulator.Account("alice").Counter("orders"));
        Assert.Equal(20, simulator.Account("alice").OpenedOrders.Count);
    }

    [Fact]
    public void The_venue_that_was_not_ordered_from_for_the_longest_time_drops_out_beyond_256()
    {
        var simulator = new PassSimulator();
        simulator.Decide(Enumerable.Range(0, 256).Select(venue => simulator.Event(Event($"o{venue}", "CLOSED", 1, $"v{venue}"))));
        Assert.Equal(256, simulator.Account("alice").Venues.Count);

        simulator.Decide(Event("o256", "CLOSED", 1, "v0", "v256"));

        var venues = simulator.Account("alice").Venues;
        Assert.Equal(256, venues.Count);
        Assert.Contains("v0", venues);
        Assert.Contains("v256", venues);
        Assert.DoesNotContain("v1", venues);
    }

    [Fact]
    public void A_late_order_does_not_move_lastOrder_back()
    {
        var simulator = new PassSimulator();
        simulator.Decide(new OrderEvent { Account = "alice", Order = Order("o1", "CLOSED", 1) with { Created = At(9) } });
        simulator.Decide(new OrderEvent { Account = "alice", Order = Order("o2", "CLOSED", 1) with { Created = At(3) } });

        Assert.Equal(new DateTimeOffset(2026, 1, 9, 0, 0, 0, TimeSpan.Zero), simulator.Account("alice").Header.LastOrder);
    }

    [Fact]
    public void An_unpaid_order_moves_to_the_account_that_it_names_later_and_stays_there_once_paid()
    {
        var simulator = new PassSimulator();
        simulator.Decide(new OrderEvent { Account = "alice", Order = Order("o1", "NEW", 10) });
        simulator.Decide(new OrderEvent { Account = "bob", Order = Order("o1", "CLOSED", 10) });
        Assert.Empty(simulator.Account("alice").OpenedOrders);
        Assert.Equal(1, simulator.Account("bob").Counter("orders"));

        simulator.Decide(new OrderEvent { Account = "alice", Order = Order("o1", "CANCELLED", 10) });

        Assert.Equal(0, simulator.Account("bob").Counter("orders"));
        Assert.Empty(simulator.Account("alice").PreviousOrders);
    }

    [Fact]
    public void The_account_is_the_events_else_the_cards_else_the_customers()
    {
        var simulator = new PassSimulator();
        simulator.Decide(new CardEvent { Account = "carol", Card = "card-1" });
        OrderUser[] users = [new OrderUser { UserId = "waiter", Roles = ["CREATOR"] }, new OrderUser { UserId = "dave", Roles = ["CUSTOMER"] }];

        Assert.Equal("alice", Owner(new OrderEvent { Account = "alice", Order = Order("o1", "CLOSED", 1) with { Users = users } }));
        Assert.Equal("carol", Owner(new OrderEvent { Card = "card-1", Order = Order("o2", "CLOSED", 1) with { Users = users } }));
        Assert.Equal("carol", Owner(new OrderEvent { Order = Order("o3", "CLOSED", 1) with { LoyaltyId = "card-1", Users = users } }));
        Assert.Equal("dave", Owner(new OrderEvent { Order = Order("o4", "CLOSED", 1) with { Users = users } }));

        var stranger = Owner(new OrderEvent { Order = Order("o5", "CLOSED", 1) with { LoyaltyId = "card-2", Users = users } });
        Assert.Equal("card-2", simulator.Account(stranger!).Card);
        Assert.Equal(stranger, Owner(new OrderEvent { Card = "card-2", Order = Order("o6", "CLOSED", 1) }));

        Assert.Equal(OutcomeStatus.Rejected, simulator.Decide(new OrderEvent { Order = Order("o7", "CLOSED", 1) }).Status);
        var disagreement = simulator.Decide(new OrderEvent { Account = "alice", Card = "card-1", Order = Order("o8", "CLOSED", 1) });
        Assert.Equal("card_of_another_account", disagreement.Problem?.Code);

        string? Owner(OrderEvent happened) => simulator.Decide(happened).Account;
    }

    private static OrderPhase PhaseOf(string status) => Open.Contains(status) ? OrderPhase.Open : Paid.Contains(status) ? OrderPhase.Paid : OrderPhase.Ended;

    private static OrderEvent Event(string id, string status, decimal total, params string[] venues) =>
        new() { Account = "alice", Order = Order(id, status, total, venues) };

    private static Order Order(string id, string status, decimal total, params string[] venues) => new()
    {
        Id = id,
        Status = status,
        Total = total,
        Buckets = [.. (venues.Length == 0 ? ["old-town"] : venues).Select(venue => new OrderBucket { Venue = venue })],
    };

    private static IsoTime At(int day) => new(new DateTime(2026, 1, day, 0, 0, 0, DateTimeKind.Unspecified), null);

    private sealed record After(OrderPhase Phase, int Orders, decimal Total, string? Opened, string? Previous);
}
