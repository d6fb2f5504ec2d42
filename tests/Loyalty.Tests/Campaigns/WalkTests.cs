using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns;
using Loyalty.Time;

namespace Loyalty.Tests.Campaigns;

public sealed class WalkTests
{
    private static readonly CouponStateDefinition Coupon = new() { Id = "coupon", Prefix = "SPRING-", ValidFor = "P14D", TransitionTo = "end" };
    private static readonly MessageStateDefinition Message = new() { Id = "message", Title = "Hello", Message = "You are in", TransitionTo = "end" };
    private static readonly OrderStateDefinition Orders = new() { Id = "orders", Count = 2, TransitionTo = "end" };
    private static readonly MessageStateDefinition End = new() { Id = "end", Title = "End", Message = "The end" };

    [Fact]
    public void An_ACCOUNT_state_changes_the_account_and_moves_on()
    {
        var walker = new Walker(
            new AccountStateDefinition
            {
                Id = "change",
                AddTags = ["regular", "old"],
                RemoveTags = ["new", "old"],
                Properties = new Dictionary<string, string> { ["my_level"] = "2", ["a.b"] = "c" },
                Counters = new Dictionary<string, decimal> { ["points"] = 10.5m, ["debt"] = -1 },
                TransitionTo = "end",
            },
            End)
        {
            Account = Given.Account() with { Tags = ["new", "nice"], Counters = new Dictionary<string, decimal> { ["points"] = 1 } },
        };

        walker.Look();

        Assert.Equal("end", walker.State);
        Assert.Equal(["nice", "regular"], walker.Account.Tags);
        Assert.Equal("2", walker.Account.Properties["my_level"]);
        Assert.Equal("c", walker.Account.Properties["a.b"]);
        Assert.Equal(11.5m, walker.Account.Counter("points"));
        Assert.Equal(-1, walker.Account.Counter("debt"));
        Assert.Equal([new WalkEffect.StateFinished("change")], walker.Last);
    }

    [Fact]
    public void An_ACCOUNT_state_without_changes_only_moves_on()
    {
        var walker = new Walker(new AccountStateDefinition { Id = "gate" });
        var before = walker.Account;

        walker.Look();

        Assert.Equal("Finished", walker.State);
        Assert.Equal([new WalkEffect.StateFinished("gate"), new WalkEffect.Ended(WalkEnd.Finished)], walker.Last);
        Assert.Equivalent(before, walker.Account, strict: true);
    }

    [Fact]
    public void A_COUPON_state_gives_one_coupon_and_waits_until_it_is_used_up()
    {
        var walker = new Walker(Coupon, End).Look().Look().Look();

        Assert.Equal("coupon", walker.State);
        Assert.Equal([new WalkEffect.GiveCoupon(Coupon, "SPRING-C1")], walker.Effects);
        Assert.Equal("SPRING-C1", walker.Membership.Coupon);

        walker.Meet(new WalkTrigger.CouponUsedUp("SPRING-C1"));

        Assert.Equal("end", walker.State);
        Assert.Null(walker.Membership.Coupon);
        Assert.Equal([new WalkEffect.StateFinished("coupon")], walker.Last);
    }

    [Fact]
    public void Another_coupon_moves_nothing()
    {
        var walker = new Walker(Coupon, End).Look();

        walker.Meet(new WalkTrigger.CouponUsedUp("OTHER")).Meet(new WalkTrigger.CouponExpired("OTHER"));

        Assert.Equal("coupon", walker.State);
        Assert.Single(walker.Effects);
    }

    [Fact]
    public void A_coupon_that_is_freed_and_used_again_moves_nothing()
    {
        var walker = new Walker(Coupon, Coupon with { Id = "end", TransitionTo = null }).Look();

        walker.Meet(new WalkTrigger.CouponUsedUp("SPRING-C1")).Meet(new WalkTrigger.CouponUsedUp("SPRING-C1"));

        Assert.Equal("end", walker.State);
        Assert.Empty(walker.Last);
    }

    [Fact]
    public void The_deprecated_coupon_call_moves_a_COUPON_state_on()
    {
        var walker = new Walker(Coupon, End).Look().Meet(new WalkTrigger.CouponReceived());

        Assert.Equal("end", walker.State);
        Assert.Equal(WalkReport.Coupon, walker.Membership.LastReport);
    }

    [Fact]
    public void An_expired_coupon_leads_to_expireTo_without_finishing_its_state()
    {
        var walker = new Walker(Coupon with { ExpireTo = "message" }, Message, End).Look().Meet(new WalkTrigger.CouponExpired("SPRING-C1"));

        Assert.Equal("message", walker.State);
        Assert.Empty(walker.Finished);
    }

    [Fact]
    public void An_expired_coupon_ends_the_walk_EXPIRED_where_there_is_no_expireTo()
    {
        var walker = new Walker(Coupon, End).Look().Meet(new WalkTrigger.CouponExpired("SPRING-C1"));

        Assert.Equal("Expired", walker.State);
        Assert.Equal([new WalkEffect.Ended(WalkEnd.Expired)], walker.Last);
        Assert.Equal(Given.Noon.AddMinutes(2), walker.Membership.EndedAt);
    }

    [Fact]
    public void A_MESSAGE_state_waits_until_the_app_reports_the_message()
    {
        var walker = new Walker(Message, End).Look().Look();
        Assert.Equal("message", walker.State);

        walker.Meet(new WalkTrigger.MessageReceived());

        Assert.Equal("end", walker.State);
        Assert.Equal(WalkReport.Message, walker.Membership.LastReport);
        Assert.Equal([new WalkEffect.MessageSeen("message"), new WalkEffect.StateFinished("message")], walker.Last);
    }

    [Fact]
    public void A_report_is_forgotten_when_the_next_waiting_state_is_left()
    {
        var walker = new Walker(Message with { TransitionTo = "coupon" }, Coupon with { ExpireTo = "end", TransitionTo = null }, End)
            .Look().Meet(new WalkTrigger.MessageReceived());
        Assert.Equal(WalkReport.Message, walker.Membership.LastReport);

        walker.Meet(new WalkTrigger.CouponExpired("SPRING-C1"));

        Assert.Equal("end", walker.State);
        Assert.Null(walker.Membership.LastReport);
    }

    [Fact]
    public void A_report_is_remembered_through_states_that_do_not_wait()
    {
        var walker = new Walker(Message with { TransitionTo = "gate" }, new AccountStateDefinition { Id = "gate" }).Look().Meet(new WalkTrigger.MessageReceived());

        Assert.Equal("Finished", walker.State);
        Assert.Equal(WalkReport.Message, walker.Membership.LastReport);
    }

    [Fact]
    public void An_ORDER_state_moves_on_after_its_count_of_orders()
    {
        var walker = new Walker(Orders, End).Look().Order("o1");
        Assert.Equal("orders", walker.State);
        Assert.Equal(["o1"], walker.Membership.Orders);

        walker.Order("o2");

        Assert.Equal("end", walker.State);
        Assert.Equal(["orders"], walker.Finished);
        Assert.Equal(2, walker.Effects.OfType<WalkEffect.OrderQualified>().Count());
        Assert.Empty(walker.Membership.Orders);
    }

    [Fact]
    public void An_order_counts_once()
    {
        var walker = new Walker(Orders, End).Look().Order("o1").Order("o1");

        Assert.Equal("orders", walker.State);
        Assert.Equal(["o1"], walker.Membership.Orders);
    }

    [Fact]
    public void An_order_that_happened_before_the_state_was_entered_does_not_count()
    {
        var walker = new Walker(Orders, End).Look();

        walker.Meet(new WalkTrigger.OrderCounted(Given.Order("early"), Given.Noon.AddMilliseconds(-1)));
        Assert.Empty(walker.Membership.Orders);

        walker.Meet(new WalkTrigger.OrderCounted(Given.Order("just"), Given.Noon));
        Assert.Equal(["just"], walker.Membership.Orders);
    }

    [Fact]
    public void A_late_event_does_not_move_the_entering_of_a_state_back()
    {
        var gate = new AccountStateDefinition { Id = "gate", Constraints = [Given.Constraint("tags.in", ConstraintOp.Eq, "true")], TransitionTo = "orders" };
        var walker = new Walker(gate, Orders, End);
        walker.Account = walker.Account with { Tags = ["in"] };

        walker.MeetAt(new WalkTrigger.Looked(), new WalkTime(Given.Noon.AddHours(-2), Given.Noon.AddMinutes(1), Zone.Utc));

        Assert.Equal("orders", walker.State);
        Assert.Equal(Given.Noon, walker.Membership.Since);
    }

    [Fact]
    public void A_cancelled_order_takes_back_the_progress_of_a_state_that_still_waits()
    {
        var walker = new Walker(Orders, End).Look().Order("o1", 12.34m);

        walker.Meet(new WalkTrigger.OrderReversed("o1", 12.34m));

        Assert.Empty(walker.Membership.Orders);
        Assert.Equal([new WalkEffect.OrderDisqualified("orders", "o1", 12.34m)], walker.Last);
        Assert.Equal("orders", walker.Order("o2").State);
    }

    [Fact]
    public void A_cancelled_order_leaves_a_state_that_is_left_as_left()
    {
        var walker = new Walker(Orders, End).Look().Order("o1").Order("o2");

        walker.Meet(new WalkTrigger.OrderReversed("o1", 10));

        Assert.Equal("end", walker.State);
        Assert.Empty(walker.Last);
    }

    [Fact]
    public void A_cancelled_order_that_never_counted_here_changes_nothing()
    {
        var walker = new Walker(Orders, End).Look().Order("o1");

        walker.Meet(new WalkTrigger.OrderReversed("o7", 10));

        Assert.Equal(["o1"], walker.Membership.Orders);
        Assert.Empty(walker.Last);
    }

    [Fact]
    public void A_WALLET_state_credits_once_and_moves_on()
    {
        var wallet = new WalletStateDefinition { Id = "wallet", Amount = 5.25m, ValidFor = "P90D", Wallet = "main", TransitionTo = "end" };

        var walker = new Walker(wallet, End).Look().Look();

        Assert.Equal("end", walker.State);
        Assert.Equal(5.25m, walker.Account.Counter("wallet"));
        Assert.Equal([5.25m], walker.Effects.OfType<WalkEffect.CreditWallet>().Select(credit => credit.Lot.Amount));
        Assert.Equal(["wallet"], walker.Finished);
    }

    [Fact]
    public void States_that_do_not_wait_follow_each_other_at_once_in_order()
    {
        var walker = new Walker(
            new AccountStateDefinition { Id = "a", AddTags = ["x"], TransitionTo = "c" },
            new AccountStateDefinition { Id = "b" },
            new WalletStateDefinition { Id = "c", Amount = 1, TransitionTo = "b" }).Look();

        Assert.Equal("Finished", walker.State);
        Assert.Equal(["a", "c", "b"], walker.Finished);
        Assert.Equal(2, walker.Membership.Steps);
    }

    [Theory]
    [InlineData("account")]
    [InlineData("coupon")]
    [InlineData("message")]
    [InlineData("order")]
    [InlineData("wallet")]
    public void Constraints_on_a_state_hold_back_its_effect_until_they_hold(string type)
    {
        IReadOnlyList<Constraint> constraints = [Given.Constraint("counters.points", ConstraintOp.Gte, "3")];
        StateDefinition state = type switch
        {
            "account" => new AccountStateDefinition { Id = "state", AddTags = ["done"], TransitionTo = "end", Constraints = constraints },
            "coupon" => Coupon with { Id = "state", Constraints = constraints },
            "message" => Message with { Id = "state", Constraints = constraints },
            "order" => Orders with { Id = "state", Constraints = constraints },
            _ => new WalletStateDefinition { Id = "state", Amount = 1, TransitionTo = "end", Constraints = constraints },
        };
        var walker = new Walker(state, End).Look().Order("o1").Meet(new WalkTrigger.MessageReceived());

        Assert.Equal("state?", walker.State);
        Assert.Empty(walker.Effects);
        Assert.Empty(walker.Account.Tags);
        Assert.Equal(0, walker.Account.Counter("wallet"));

        walker.Account = walker.Account with { Counters = new Dictionary<string, decimal> { ["points"] = 3 } };
        walker.Look();

        Assert.Equal(state.Waits ? "state" : "end", walker.State);
    }

    [Fact]
    public void What_makes_a_state_take_effect_does_not_count_in_it()
    {
        var walker = new Walker(Orders with { Count = 1, Constraints = [Given.Constraint("counters.orders", ConstraintOp.Gte, "1")] }, End).Look();
        walker.Account = walker.Account with { Counters = new Dictionary<string, decimal> { ["orders"] = 1 } };

        walker.Order("o1");

        Assert.Equal("orders", walker.State);
        Assert.Empty(walker.Membership.Orders);
    }

    [Theory]
    [InlineData("coupon", "order,reversed,message")]
    [InlineData("message", "order,reversed,used,expired,received")]
    [InlineData("orders", "message,used,expired,received")]
    [InlineData("Finished", "order,reversed,message,used,expired,received,looked")]
    public void Foreign_triggers_change_nothing(string where, string triggers)
    {
        var walker = where switch
        {
            "coupon" => new Walker(Coupon, End).Look(),
            "message" => new Walker(Message, End).Look(),
            "orders" => new Walker(Orders, End).Look().Order("o1"),
            _ => new Walker(Message with { TransitionTo = null }).Look().Meet(new WalkTrigger.MessageReceived()),
        };
        Assert.Equal(where, walker.State);
        var (membership, account) = (walker.Membership, walker.Account);
        foreach (var trigger in triggers.Split(','))
        {
            walker.Meet(trigger switch
            {
                "order" => new WalkTrigger.OrderCounted(Given.Order("o9"), Given.Noon.AddDays(1)),
                "reversed" => new WalkTrigger.OrderReversed("o9", 10),
                "message" => new WalkTrigger.MessageReceived(),
                "used" => new WalkTrigger.CouponUsedUp("SPRING-C1"),
                "expired" => new WalkTrigger.CouponExpired("SPRING-C1"),
                "received" => new WalkTrigger.CouponReceived(),
                _ => new WalkTrigger.Looked(),
            });
            Assert.Same(membership, walker.Membership);
            Assert.Same(account, walker.Account);
            Assert.Empty(walker.Last);
        }
    }

    [Fact]
    public void A_circle_gives_a_new_coupon_each_time_round()
    {
        var walker = new Walker(Coupon with { TransitionTo = "again" }, new AccountStateDefinition { Id = "again", TransitionTo = "coupon" }).Look();

        walker.Meet(new WalkTrigger.CouponUsedUp("SPRING-C1")).Meet(new WalkTrigger.CouponUsedUp("SPRING-C2"));

        Assert.Equal("SPRING-C3", walker.Membership.Coupon);
        Assert.Equal(["coupon", "again", "coupon", "again"], walker.Finished);
    }

    [Fact]
    public void A_circle_that_never_waits_is_stopped()
    {
        var walker = new Walker(new AccountStateDefinition { Id = "a", TransitionTo = "b" }, new AccountStateDefinition { Id = "b", TransitionTo = "a" });

        walker.Look();

        Assert.Equal(("a", false), (walker.Membership.State, walker.Membership.IsOpen));
        Assert.Equal("The walk did not come to rest after 32 steps.", walker.Membership.Fault);
    }

    [Theory]
    [InlineData(-60, 0, -60)]
    [InlineData(60, 0, 0)]
    [InlineData(0, 0, 0)]
    public void A_state_is_entered_when_its_cause_happened_but_never_in_the_future(int at, int accepted, int entered)
    {
        var entry = new Entry
        {
            Id = "demo/e1",
            Tenant = "demo",
            EventId = "e1",
            Kind = "LOGIN",
            At = Given.Noon.AddMinutes(at),
            AcceptedAt = Given.Noon.AddMinutes(accepted),
            Position = 1,
            Body = "{}",
        };

        Assert.Equal(new WalkTime(Given.Noon.AddMinutes(entered), Given.Noon.AddMinutes(accepted), Zone.Utc), WalkTime.Of(entry, Zone.Utc));
    }
}
