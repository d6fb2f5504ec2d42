using Loyalty.Campaigns;
using Loyalty.Events.Contracts;

namespace Loyalty.Tests.Campaigns;

public sealed class OrderRuleTests
{
    private static readonly Order Lunch = Given.Order(total: 25.50m) with
    {
        OrderType = "DINE_IN",
        Source = "central",
        Buckets =
        [
            new OrderBucket { Venue = "old-town", Lines = [new OrderLine { ProductId = "burger" }, new OrderLine()] },
            new OrderBucket { Lines = [new OrderLine { ProductId = "tea" }] },
            new OrderBucket { Venue = "harbour" },
        ],
    };

    [Theory]
    [InlineData("25.50", true)]
    [InlineData("25.51", false)]
    [InlineData("0", true)]
    [InlineData(null, true)]
    public void An_order_qualifies_from_its_minimal_total(string? minTotal, bool qualifies) =>
        Qualifies(qualifies, Any with { MinTotal = minTotal is null ? null : decimal.Parse(minTotal, System.Globalization.CultureInfo.InvariantCulture) });

    [Theory]
    [InlineData("DINE_IN", true)]
    [InlineData("TAKE_AWAY,DINE_IN", true)]
    [InlineData("dine_in", false)]
    [InlineData("", true)]
    public void An_order_is_of_one_of_the_order_types(string types, bool qualifies) => Qualifies(qualifies, Any with { OrderTypes = List(types) });

    [Theory]
    [InlineData("central", true)]
    [InlineData("kiosk", false)]
    [InlineData("", true)]
    public void An_order_comes_from_one_of_the_sources(string sources, bool qualifies) => Qualifies(qualifies, Any with { Sources = List(sources) });

    [Theory]
    [InlineData("harbour", true)]
    [InlineData("station,old-town", true)]
    [InlineData("station", false)]
    public void An_order_has_something_from_one_of_the_venues(string venues, bool qualifies) => Qualifies(qualifies, Any with { Venues = List(venues) });

    [Theory]
    [InlineData("tea", true)]
    [InlineData("cake,burger", true)]
    [InlineData("cake", false)]
    public void An_order_has_one_of_the_products(string products, bool qualifies) => Qualifies(qualifies, Any with { Products = List(products) });

    [Fact]
    public void All_wishes_must_be_fulfilled_at_once() =>
        Qualifies(false, Any with { OrderTypes = ["DINE_IN"], Venues = ["harbour"], Products = ["cake"] });

    [Fact]
    public void An_order_that_says_nothing_fulfils_no_wish()
    {
        Assert.True(OrderRule.Qualifies(Any, Given.Order()));
        Assert.False(OrderRule.Qualifies(Any with { OrderTypes = ["DINE_IN"] }, Given.Order()));
        Assert.False(OrderRule.Qualifies(Any with { Sources = ["central"] }, Given.Order()));
        Assert.False(OrderRule.Qualifies(Any with { Venues = ["harbour"] }, Given.Order()));
        Assert.False(OrderRule.Qualifies(Any with { Products = ["tea"] }, Given.Order()));
    }

    private static OrderStateDefinition Any => new() { Id = "orders" };

    private static string[] List(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static void Qualifies(bool expected, OrderStateDefinition wanted) => Assert.Equal(expected, OrderRule.Qualifies(wanted, Lunch));
}
