using FsCheck.Xunit;
using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns;
using Loyalty.Events.Contracts;

namespace Loyalty.Tests.Campaigns;

public sealed class OrderCouponsTests
{
    private static readonly DateTimeOffset Now = Given.Noon.AddDays(1);

    /// <summary>Before and after in the short form of <see cref="CouponRuleTests"/>.</summary>
    [Theory]
    [InlineData("1", OrderPhase.None, OrderPhase.Open, true, "ho1")]
    [InlineData("1", OrderPhase.None, OrderPhase.Paid, true, "uo1")]
    [InlineData("1", OrderPhase.None, OrderPhase.Ended, true, "")]
    [InlineData("1 ho1", OrderPhase.Open, OrderPhase.Open, true, "ho1")]
    [InlineData("1 ho1", OrderPhase.Open, OrderPhase.Open, false, "")]
    [InlineData("1 ho1", OrderPhase.Open, OrderPhase.Paid, true, "uo1")]
    [InlineData("1 lo1", OrderPhase.Open, OrderPhase.Paid, true, "uo1")]
    [InlineData("1 ho1", OrderPhase.Open, OrderPhase.Paid, false, "")]
    [InlineData("1 ho1", OrderPhase.Open, OrderPhase.Ended, true, "")]
    [InlineData("1 uo1", OrderPhase.Paid, OrderPhase.Ended, true, "")]
    [InlineData("1 uo1", OrderPhase.Paid, OrderPhase.Ended, false, "")]
    [InlineData("2 uo1 uo2", OrderPhase.Paid, OrderPhase.Ended, true, "uo2")]
    [InlineData("2 ho2", OrderPhase.None, OrderPhase.Paid, true, "uo1 ho2")]
    public void Unpaid_an_order_holds_what_it_names_paid_it_uses_it_ended_it_gives_it_back(
        string before, OrderPhase from, OrderPhase to, bool isNamed, string after)
    {
        var (turns, unusable) = Apply(CouponRuleTests.Read(before), from, to, isNamed);

        Assert.Empty(unusable);
        Assert.Equal(after, Short(Assert.Single(turns).After));
    }

    [Theory]
    [InlineData("1 uo2", OrderPhase.Open, "USED")]
    [InlineData("1 uo2", OrderPhase.Paid, "USED")]
    [InlineData("1 ho2", OrderPhase.Paid, "HELD")]
    [InlineData("2 uo2 ho3", OrderPhase.Open, "HELD")]
    public void What_another_order_has_is_named_with_the_reason_and_stays_there(string coupon, OrderPhase to, string reason)
    {
        var before = CouponRuleTests.Read(coupon);

        var (turns, unusable) = Apply(before, OrderPhase.None, to, true);

        Assert.Equal([new UnusableCoupon("SPRING-1", reason)], unusable);
        Assert.All(turns, turn => Assert.Equal(Short(before), Short(turn.After)));
    }

    [Fact]
    public void A_code_that_is_not_there_is_named_NOT_FOUND()
    {
        var (turns, unusable) = OrderCoupons.Apply(
            Turn(OrderPhase.None, OrderPhase.Paid, true), Given.Account().Key, new Dictionary<string, Coupon?> { ["SPRING-1"] = null }, Now);

        Assert.Empty(turns);
        Assert.Equal([new UnusableCoupon("SPRING-1", "NOT_FOUND")], unusable);
    }

    [Theory]
    [InlineData(OrderPhase.Open, 1)]
    [InlineData(OrderPhase.Paid, 1)]
    [InlineData(OrderPhase.Ended, 0)]
    public void A_coupon_of_somebody_else_is_left_alone_whatever_the_order_does(OrderPhase to, int unusable)
    {
        var result = Apply(CouponRuleTests.Read("1 ho2") with { Owner = Given.Account("bob").Key }, OrderPhase.None, to, true);

        Assert.Empty(result.Turns);
        Assert.Equal(unusable, result.Unusable.Count);
    }

    [Theory]
    [InlineData(OrderPhase.Paid, OrderPhase.Paid)]
    [InlineData(OrderPhase.Ended, OrderPhase.Ended)]
    public void Once_paid_or_ended_a_repeated_status_touches_no_coupon(OrderPhase from, OrderPhase to)
    {
        var (turns, unusable) = Apply(CouponRuleTests.Read("1"), from, to, true);

        Assert.Empty(turns);
        Assert.Empty(unusable);
    }

    [Property(MaxTest = 300)]
    public void However_orders_come_and_go_no_more_than_the_allowed_uses_are_ever_taken(byte uses, byte[] moves)
    {
        var coupon = Given.Coupon(1 + uses % 3) with { ValidTo = null };
        var phases = new Dictionary<string, OrderPhase>();
        var now = Given.Noon;
        foreach (var move in moves)
        {
            now += TimeSpan.FromHours(move % 13);
            var order = $"o{move % 5}";
            var before = phases.GetValueOrDefault(order);
            var after = Loyalty.Accounts.OrderLife.After(before, (move / 5 % 3) switch { 0 => "NEW", 1 => "COMPLETED", _ => "CANCELLED" });
            phases[order] = after;
            var others = Short(coupon, except: order);
            var free = Free(coupon, now);
            var own = free < Free(CouponRule.Free(coupon, order), now) ? 1 : 0;

            var (turns, unusable) = OrderCoupons.Apply(Turn(before, after, true, order), coupon.Owner, new Dictionary<string, Coupon?> { ["SPRING-1"] = coupon }, now);
            coupon = turns.SingleOrDefault()?.After ?? coupon;

            Assert.True(Free(coupon, now) >= 0, Short(coupon));
            Assert.Equal(coupon.UsedBy.Distinct(), coupon.UsedBy);
            Assert.Equal(coupon.UsedBy.Count == coupon.Uses, coupon.Status == CouponStatus.Used);
            Assert.Empty(coupon.UsedBy.Intersect(coupon.Holds.Select(hold => hold.Order)));
            Assert.All(coupon.UsedBy, user => Assert.Equal(OrderPhase.Paid, phases[user]));
            Assert.Equal(coupon.UsedBy.Concat(coupon.Holds.Select(hold => hold.Order)).Select(taker => $"demo/{taker}"), coupon.Orders);
            Assert.Empty(Short(coupon, except: order).Split(' ', StringSplitOptions.RemoveEmptyEntries).Except(others.Split(' ')));
            if (after == OrderPhase.Ended)
                Assert.Equal(free + own, Free(coupon, now));
            if (before != OrderPhase.Paid && after == OrderPhase.Paid)
                Assert.Equal(unusable.Count == 0, coupon.UsedBy.Contains(order));
            if (unusable.Count > 0)
                Assert.Equal(0, free);
        }
    }

    private static (IReadOnlyList<CouponTurn> Turns, IReadOnlyList<UnusableCoupon> Unusable) Apply(Coupon coupon, OrderPhase from, OrderPhase to, bool isNamed) =>
        OrderCoupons.Apply(Turn(from, to, isNamed), Given.Account().Key, new Dictionary<string, Coupon?> { [coupon.Code] = coupon }, Now);

    private static OrderTurn Turn(OrderPhase from, OrderPhase to, bool isNamed, string order = "o1") =>
        new(Given.Order(order) with { Coupons = isNamed ? [new OrderCoupon { Coupon = "SPRING-1" }] : null }, from, to, 10);

    private static int Free(Coupon coupon, DateTimeOffset now) => coupon.Uses - coupon.UsedBy.Count - coupon.Holds.Count(hold => hold.Until > now);

    private static string Short(Coupon coupon, string? except = null) => string.Join(' ',
        coupon.UsedBy.Where(order => order != except).Select(order => $"u{order}")
            .Concat(coupon.Holds.Where(hold => hold.Order != except).Select(hold => $"h{hold.Order}")));
}
