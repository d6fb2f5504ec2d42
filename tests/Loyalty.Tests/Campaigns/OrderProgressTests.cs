using Loyalty.Campaigns;
using Loyalty.Events.Contracts;

namespace Loyalty.Tests.Campaigns;

public sealed class OrderProgressTests
{
    private static readonly OrderStateDefinition Ten = new() { Id = "s", Count = 10, CountBy = OrderCountBy.Item, Products = ["coffee"], TransitionTo = "t" };
    private static readonly MessageStateDefinition Then = new() { Id = "t", Title = "Done", Message = "Done", TransitionTo = "s" };

    [Fact]
    public void Items_count_by_the_quantity_of_the_lines_that_match()
    {
        var walker = new Walker(Ten, Then).Look();

        walker.Meet(new WalkTrigger.OrderCounted(Coffees("o1", 4), Given.Noon.AddMinutes(2)));
        Assert.Equal(4, OrderProgress.Done(walker.Membership));
        walker.Meet(new WalkTrigger.OrderReversed("o1", 10));
        Assert.Equal(0, OrderProgress.Done(walker.Membership));
        walker.Meet(new WalkTrigger.OrderCounted(Coffees("o2", 9), Given.Noon.AddMinutes(4)));
        Assert.Equal("s", walker.State);
        walker.Meet(new WalkTrigger.OrderCounted(Coffees("o3", 1), Given.Noon.AddMinutes(5)));

        Assert.Equal("t", walker.State);
    }

    [Fact]
    public void No_more_than_so_many_count_within_a_time_also_in_the_next_round()
    {
        var walker = new Walker(new OrderStateDefinition { Id = "s", AtMost = new OrderMost { N = 1, Per = "P1D" }, TransitionTo = "t" }, Then).Look();

        walker.Meet(new WalkTrigger.OrderCounted(Given.Order("o1"), Given.Noon.AddHours(1)));
        Assert.Equal("t", walker.State);
        walker.Meet(new WalkTrigger.MessageReceived());
        walker.Meet(new WalkTrigger.OrderCounted(Given.Order("o2"), Given.Noon.AddHours(24.9)));
        Assert.Equal("s", walker.State);
        walker.Meet(new WalkTrigger.OrderCounted(Given.Order("o3"), Given.Noon.AddHours(25)));

        Assert.Equal("t", walker.State);
    }

    [Fact]
    public void An_order_that_leads_into_a_state_counts_there_only_where_the_state_says_so_and_never_twice_in_one()
    {
        StateDefinition[] Card(bool entering) =>
        [
            new OrderStateDefinition { Id = "first", TransitionTo = "second" },
            new OrderStateDefinition { Id = "second", Count = 2, CountEntering = entering, TransitionTo = "first" },
        ];

        Assert.Equal(0, OrderProgress.Done(new Walker(Card(false)).Look().Order("o1").Membership));
        var walker = new Walker(Card(true)).Look().Order("o1");
        Assert.Equal(("second", 1m), (walker.State, OrderProgress.Done(walker.Membership)));
        Assert.Equal("first", walker.Order("o2").State);

        var circle = new Walker(new OrderStateDefinition { Id = "s", CountEntering = true, TransitionTo = "s" }).Look().Order("o1");
        Assert.Equal(("s", 1), (circle.State, circle.Finished.Count()));
    }

    private static Order Coffees(string id, decimal quantity) => Given.Order(id) with
    {
        Buckets =
        [
            new OrderBucket
            {
                Lines =
                [
                    new OrderLine { ProductId = "coffee", Quantity = quantity },
                    new OrderLine { ProductId = "coffee", Quantity = 5, Status = "VOID" },
                    new OrderLine { ProductId = "tea", Quantity = 3 },
                ],
            },
        ],
    };
}
