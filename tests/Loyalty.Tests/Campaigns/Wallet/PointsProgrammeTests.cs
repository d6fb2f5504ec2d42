using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns;
using Loyalty.Events.Contracts;
using Loyalty.Tests.Accounts;

namespace Loyalty.Tests.Campaigns;

public sealed class PointsProgrammeTests
{
    private readonly PassSimulator simulator = new(Points.Campaign);

    [Fact]
    public void One_point_for_each_full_euro_a_hundred_buy_a_coffee_and_what_is_left_lapses_after_a_year()
    {
        var alice = new Wallet(simulator);
        alice.Order("o1", 13.99m);
        Assert.Equal(13, alice.Balance);
        Assert.Equal(OutcomeStatus.Rejected, Buy().Status);

        simulator.Wait(TimeSpan.FromDays(100));
        alice.Order("o2", 60.5m);
        alice.Order("o3", 40);
        alice.Order("o4", 25.2m);
        Assert.Equal(13 + 60 + 40 + 25, alice.Balance);

        // A refund of part of it, the whole of another, and more than is left of nothing.
        Refund("o2", 50.4m);
        Assert.Equal(13 + 50 + 40 + 25, alice.Balance);
        alice.Order("o4", 25.2m, "CANCELLED");
        Assert.Equal(13 + 50 + 40, alice.Balance);

        Assert.Equal(OutcomeStatus.Applied, Buy().Status);
        Assert.Equal(3, alice.Balance);
        var coffee = Assert.Single(simulator.Coupons);
        Assert.Equal("coffee", coffee.Data!.ProductId);
        Assert.Equal(("wallet_too_low", 3m), (Buy().Problem!.Code, Buy().Problem!.Values!["balance"]));

        // What is spent cannot be taken back; only what its own lot still holds.
        alice.Order("o3", 40, "CANCELLED");
        Assert.Equal(0, alice.Balance);

        alice.Order("o5", 8);
        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o6", 4) with { Coupons = [new OrderCoupon { Coupon = coffee.Code }] } });
        Assert.Equal(CouponStatus.Used, Assert.Single(simulator.Coupons).Status);
        Assert.Equal(12, alice.Balance);
        alice.Wait(TimeSpan.FromDays(364));
        Assert.Equal(12, alice.Balance);
        alice.Wait(TimeSpan.FromDays(2));
        Assert.Equal(0, alice.Balance);

        var figures = Assert.Single(simulator.Totals).Figures;
        Assert.Equal((150m, 100m, 12m, 38m), (figures.CreditGiven, figures.CreditSpent, figures.CreditExpired, figures.CreditTakenBack));
        Assert.Equal((6L, 1L, 1L), (figures.Finished["points"], figures.CouponsGiven, figures.CouponsUsed));
    }

    [Fact]
    public void The_outside_wallet_is_told_of_what_is_given_and_of_what_is_taken_back()
    {
        var alice = new Wallet(simulator);
        alice.Order("o1", 20);
        Refund("o1", 15);
        alice.Order("o1", 15, "CANCELLED");

        Assert.Equal(["20", "-5", "-15"], simulator.Outbox.OrderBy(item => item.Order).Select(item => System.Text.Json.JsonDocument.Parse(item.Body).RootElement.GetProperty("amount").ToString()));
    }

    [Fact]
    public void What_is_worth_more_again_earns_only_what_was_taken_back()
    {
        var alice = new Wallet(simulator);
        alice.Order("o1", 100);
        Buy();
        Refund("o1", 40);
        Assert.Equal(0, alice.Balance);

        Refund("o1", 110);

        Assert.Equal(10, alice.Balance);
    }

    [Fact]
    public void A_coupon_is_offered_while_the_walk_goes_on_and_a_priced_one_that_it_waits_for_is_sold_once()
    {
        var alice = new Wallet(simulator);
        alice.Order("o1", 250);
        Buy();
        Buy();
        Assert.Equal((50m, 2), (alice.Balance, simulator.Coupons.Count()));

        var waiting = new PassSimulator(Given.Campaign(Given.Definition(
            new CouponStateDefinition { Id = "cake", Price = 5, ValidFor = "P1D", TransitionTo = "thanks" },
            new MessageStateDefinition { Id = "thanks", Title = "Thanks", Message = "Thanks" })));
        var bob = new Wallet(waiting, "bob");
        bob.Credit(20);
        bob.Order("o1", 10);
        Assert.Empty(waiting.Coupons);

        EventOutcome[] outcomes = [.. waiting.Decide([.. Enumerable.Range(0, 3).Select(_ => waiting.Entry(new BuyCoupon.Body("spring", null), "bob"))])];

        Assert.Equal([OutcomeStatus.Applied, OutcomeStatus.Rejected, OutcomeStatus.Rejected], outcomes.Select(outcome => outcome.Status));
        Assert.Equal("no_coupon_offered", outcomes[1].Problem!.Code);
        Assert.Equal(15, bob.Balance);
        Assert.Equal("cake", Assert.Single(waiting.Memberships).State);
    }

    [Theory]
    [InlineData(RateRounding.Down, 24.99, 2)]
    [InlineData(RateRounding.Nearest, 25, 3)]
    [InlineData(RateRounding.Nearest, 24.99, 2)]
    [InlineData(RateRounding.Up, 20.01, 3)]
    [InlineData(RateRounding.None, 24.99, 2.499)]
    [InlineData(RateRounding.Down, -30, 0)]
    public void A_rate_is_rounded_as_it_says(RateRounding round, double worth, double amount) =>
        Assert.Equal((decimal)amount, new WalletRate { Give = 1, Per = 10, Round = round }.AmountFor((decimal)worth));

    [Fact]
    public void Several_orders_that_led_to_a_credit_earn_together()
    {
        var three = new PassSimulator(Given.Campaign(Given.Definition(
            new OrderStateDefinition { Id = "orders", Count = 3, CountEntering = true, TransitionTo = "tenth" },
            new WalletStateDefinition { Id = "tenth", Rate = new WalletRate { Give = 1, Per = 10 }, TransitionTo = "orders" })));
        var alice = new Wallet(three);
        alice.Order("o1", 9);
        alice.Order("o2", 9);
        three.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o2", 9) with { EditTotal = 8 } });
        alice.Order("o3", 9);
        Assert.Equal(2, alice.Balance);

        alice.Order("o1", 9, "CANCELLED");
        Assert.Equal(1, alice.Balance);
        Assert.Empty(Assert.Single(three.Memberships).Orders);
    }

    private EventOutcome Buy() => simulator.Decide(simulator.Entry(new BuyCoupon.Body(Points.Id, null), "alice"));

    private void Refund(string order, decimal left) =>
        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order(order, 0) with { EditTotal = left } });
}
