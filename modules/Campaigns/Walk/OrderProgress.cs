using Loyalty.Events.Contracts;
using Loyalty.Time;

namespace Loyalty.Campaigns;

/// <summary>What one order counts in an ORDER state, and what it is worth.</summary>
/// <param name="Count">1, or the quantity of matching lines.</param>
internal sealed record OrderShare(string Order, decimal Count, decimal Worth);

/// <summary>That an order counted in a state with <c>atMost</c>, for as long as that matters.</summary>
internal sealed record OrderStamp(string State, string Order, DateTimeOffset At, decimal Count);

/// <summary>How far orders have brought a walk. Pure.</summary>
internal static class OrderProgress
{
    private const int MostLedBy = 1000;

    /// <summary>How much of the wanted count an armed ORDER state has.</summary>
    public static decimal Done(Membership walk) =>
        walk.Orders.Sum(order => walk.Shares.FirstOrDefault(share => share.Order == order)?.Count ?? 1);

    public static decimal WorthOf(Order order) => order.EditTotal ?? order.Total;

    /// <summary>The walk with the order counted; the same walk where it counts nothing.</summary>
    public static Membership With(Membership walk, OrderStateDefinition wanted, WalkTrigger.OrderCounted counted, Zone zone)
    {
        var order = counted.Order.Id;
        var count = wanted.CountBy == OrderCountBy.Item ? OrderRule.ItemsOf(wanted, counted.Order) : 1;
        IReadOnlyList<OrderStamp> stamps = walk.Stamps;
        if (wanted.AtMost is { } most && Validity.After(counted.At, most.Per, zone) is { } next)
        {
            OrderStamp[] near = [.. stamps.Where(stamp => stamp.State == wanted.Id && stamp.At < next && !(Validity.After(stamp.At, most.Per, zone) <= counted.At))];
            count = Math.Min(count, most.N - near.Sum(stamp => stamp.Count));
            stamps = [.. stamps.Where(stamp => stamp.State != wanted.Id).Concat(stamps.Where(stamp => stamp.State == wanted.Id).OrderBy(stamp => stamp.At).TakeLast(most.N * 2)), new OrderStamp(wanted.Id, order, counted.At, count)];
        }
        return count <= 0 ? walk : walk with
        {
            Orders = [.. walk.Orders, order],
            Shares = [.. walk.Shares.Where(share => share.Order != order), new OrderShare(order, count, WorthOf(counted.Order))],
            Stamps = stamps,
        };
    }

    public static Membership Without(Membership walk, string order) => walk with
    {
        Orders = [.. walk.Orders.Where(known => known != order)],
        Shares = [.. walk.Shares.Where(share => share.Order != order)],
        Stamps = [.. walk.Stamps.Where(stamp => stamp.Order != order)],
    };

    /// <summary>An ORDER state is left: its orders lead to what follows. Note: those before a credit by a rate have had theirs.</summary>
    public static Membership Leading(Membership walk, CampaignDefinition definition) =>
        !definition.States.OfType<WalletStateDefinition>().Any(state => state.Rate is not null) ? walk : walk with
        {
            LedBy = [.. (walk.LedHaveEarned ? [] : walk.LedBy).Concat(walk.Orders).TakeLast(MostLedBy)],
            LedHaveEarned = false,
        };

    /// <summary>The orders that led here, each with its worth.</summary>
    /// <param name="entering">The order by which the account has joined, if that was it.</param>
    public static IReadOnlyList<OrderShare> Led(Membership walk, Order? entering) =>
        walk.LedBy.Count > 0 ? [.. walk.Shares.Where(share => walk.LedBy.Contains(share.Order))]
        : entering is not null ? [new OrderShare(entering.Id, 1, WorthOf(entering))]
        : [];
}
