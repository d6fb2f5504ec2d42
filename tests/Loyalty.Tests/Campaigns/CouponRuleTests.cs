using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns;
using Loyalty.Events.Contracts;

namespace Loyalty.Tests.Campaigns;

public sealed class CouponRuleTests
{
    private static readonly DateTimeOffset Now = Given.Noon.AddDays(1);

    /// <summary>A coupon in short: its uses, then <c>u</c> used by, <c>h</c> held by and <c>l</c> a hold of that has lapsed, each with the order.</summary>
    [Theory]
    [InlineData("1", "o1", null)]
    [InlineData("1 uo2", "o1", nameof(CouponReason.Used))]
    [InlineData("1 uo1", "o1", null)]
    [InlineData("1 ho2", "o1", nameof(CouponReason.Held))]
    [InlineData("1 ho1", "o1", null)]
    [InlineData("1 lo2", "o1", null)]
    [InlineData("1 lo1 ho2", "o1", nameof(CouponReason.Held))]
    [InlineData("1 ho2", null, nameof(CouponReason.Held))]
    [InlineData("1 uo2", null, nameof(CouponReason.Used))]
    [InlineData("1", null, null)]
    [InlineData("2 uo2", "o1", null)]
    [InlineData("2 uo2 ho3", "o1", nameof(CouponReason.Held))]
    [InlineData("2 uo2 ho1", "o1", null)]
    [InlineData("2 ho2 lo3", "o1", null)]
    [InlineData("2 uo2 uo3", "o1", nameof(CouponReason.Used))]
    [InlineData("3 uo2 ho3", "o1", null)]
    public void Uses_and_holds_stand_in_the_way_but_never_an_orders_own(string coupon, string? order, string? refusal) =>
        Assert.Equal(refusal, CouponRule.Refusal(Read(coupon), Given.Account().Key, order, Now)?.ToString());

    [Fact]
    public void A_code_that_nobody_knows_is_not_found() => Assert.Equal(CouponReason.NotFound, CouponRule.Refusal(null, Given.Account().Key, "o1", Now));

    [Fact]
    public void A_coupon_of_somebody_else_is_not_found() =>
        Assert.Equal(CouponReason.NotFound, CouponRule.Refusal(Read("1"), Given.Account("bob").Key, "o1", Now));

    [Theory]
    [InlineData(13, null)]
    [InlineData(14, nameof(CouponReason.Expired))]
    [InlineData(15, nameof(CouponReason.Expired))]
    public void A_coupon_expires_at_the_end_of_its_time(int days, string? refusal) =>
        Assert.Equal(refusal, CouponRule.Refusal(Read("1"), Given.Account().Key, "o1", Given.Noon.AddDays(days))?.ToString());

    [Fact]
    public void A_coupon_without_an_end_does_not_expire() =>
        Assert.Null(CouponRule.Refusal(Read("1") with { ValidTo = null }, Given.Account().Key, "o1", Given.Noon.AddYears(50)));

    [Fact]
    public void Void_expired_and_used_are_told_apart()
    {
        Assert.Equal(CouponReason.Void, Refusal(CouponStatus.Void));
        Assert.Equal(CouponReason.Expired, Refusal(CouponStatus.Expired));
        Assert.Equal(CouponReason.Used, Refusal(CouponStatus.Used));

        static CouponReason? Refusal(CouponStatus status) =>
            CouponRule.Refusal(Read("1 ho2") with { Status = status }, Given.Account().Key, "o1", Given.Noon.AddYears(1));
    }

    [Fact]
    public void A_coupon_is_used_when_its_last_use_is_spent_and_open_again_when_one_is_freed()
    {
        var once = CouponRule.Use(Read("2"), "o1");
        var twice = CouponRule.Use(CouponRule.Use(once, "o1"), "o2");

        Assert.Equal(CouponStatus.Open, once.Status);
        Assert.Equal(CouponStatus.Used, twice.Status);
        Assert.Equal(["demo/o1", "demo/o2"], twice.Orders);
        Assert.Equal(CouponStatus.Open, CouponRule.Free(twice, "o1").Status);
        Assert.Equal(["demo/o2"], CouponRule.Free(twice, "o1").Orders);
    }

    [Fact]
    public void Paying_turns_a_hold_into_a_use()
    {
        var used = CouponRule.Use(CouponRule.Hold(Read("2"), "o1", Now), "o1");

        Assert.Equal(["o1"], used.UsedBy);
        Assert.Empty(used.Holds);
        Assert.Equal(["demo/o1"], used.Orders);
    }

    [Fact]
    public void A_hold_lasts_a_day_and_holding_again_prolongs_it()
    {
        var held = CouponRule.Hold(CouponRule.Hold(Read("1"), "o1", Now), "o1", Now.AddHours(5));

        Assert.Equal([new CouponHold("o1", Now.AddHours(29))], held.Holds);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_void_or_expired_stays_so_when_a_use_is_freed(bool isVoid)
    {
        var status = isVoid ? CouponStatus.Void : CouponStatus.Expired;

        Assert.Equal(status, CouponRule.Free(Read("1 uo1") with { Status = status }, "o1").Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SPRING-")]
    public void Codes_are_long_random_and_easy_to_type(string prefix)
    {
        var codes = Enumerable.Range(0, 200).Select(_ => CouponCode.New(prefix)).ToArray();

        Assert.Equal(200, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches($"^{prefix}[A-HJKMNP-Z2-9]{{17}}$", code));
        Assert.True(17 * Math.Log2(31) >= 80);
    }

    internal static Coupon Read(string text)
    {
        var parts = text.Split(' ');
        var coupon = Given.Coupon(uses: parts[0][0] - '0') with
        {
            UsedBy = [.. Orders('u')],
            Holds = [.. Orders('h').Select(order => new CouponHold(order, Now.AddHours(1))), .. Orders('l').Select(order => new CouponHold(order, Now))],
        };
        return coupon with
        {
            Status = coupon.UsedBy.Count >= coupon.Uses ? CouponStatus.Used : CouponStatus.Open,
            Orders = [.. coupon.UsedBy.Concat(coupon.Holds.Select(hold => hold.Order)).Select(order => Key.Of(Given.Tenant, order))],
        };

        IEnumerable<string> Orders(char kind) => parts.Skip(1).Where(part => part[0] == kind).Select(part => part[1..]);
    }
}
