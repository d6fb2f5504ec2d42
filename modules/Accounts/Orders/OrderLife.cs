using System.Globalization;
using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using Loyalty.Time;

namespace Loyalty.Accounts;

/// <summary>How an order's statuses move it through its life, and what each move does to the account. Pure.</summary>
internal static class OrderLife
{
    private const int PreviousOrdersKept = 10;
    private const int OpenedOrdersKept = 20;
    private const int VenuesKept = 256;

    /// <summary>Counted once at the first paid status; cancelled or abandoned is final, also when it arrives first.</summary>
    public static OrderPhase After(OrderPhase before, string status) => (before, PhaseOf(status)) switch
    {
        (OrderPhase.Ended, _) => OrderPhase.Ended,
        (_, OrderPhase.Ended) => OrderPhase.Ended,
        (OrderPhase.Paid, _) => OrderPhase.Paid,
        (_, var phase) => phase,
    };

    public static OrderPhase PhaseOf(string status) => status switch
    {
        "COMPLETED" or "VERIFIED" or "DELIVER" or "DELIVERED" or "PICKED" or "CLOSED" => OrderPhase.Paid,
        "CANCELLED" or "ABANDONED" => OrderPhase.Ended,
        _ => OrderPhase.Open,
    };

    /// <summary>The account after an order's move.</summary>
    public static Account Apply(Account account, OrderTurn turn, DateTimeOffset at)
    {
        var summary = Summarise(account.Tenant, turn.Order, at);
        if (turn.Before == OrderPhase.Ended)
            return account;
        var changed = turn.After == OrderPhase.Open
            ? account with { OpenedOrders = Newest(account.OpenedOrders, summary, OpenedOrdersKept) }
            : Close(account, turn, summary);
        if (turn.Counted)
            return Count(changed, turn.Order, turn.Total, summary.Created);
        return turn.Reversed ? Add(changed, -1, -turn.Total) : changed;
    }

    public static Account Forget(Account account, string order) =>
        account with { OpenedOrders = [.. account.OpenedOrders.Where(opened => opened.Id != order)] };

    private static Account Close(Account account, OrderTurn turn, OrderSummary summary) => Forget(account, turn.Order.Id) with
    {
        // Note: an unpaid status that arrives after the payment changes nothing that was known by then.
        PreviousOrders = turn.Before == OrderPhase.Paid && PhaseOf(turn.Order.Status) == OrderPhase.Open
            ? account.PreviousOrders
            : Newest(account.PreviousOrders, summary, PreviousOrdersKept),
    };

    private static Account Count(Account account, Order order, decimal amount, DateTimeOffset at) => Add(account, 1, amount) with
    {
        Header = account.Header with { LastOrder = account.Header.LastOrder > at ? account.Header.LastOrder : at },
        // Note: the venue last ordered from stands last, so that the oldest one drops out.
        Venues = [.. account.Venues.Except(VenuesOf(order)).Union(VenuesOf(order)).TakeLast(VenuesKept)],
    };

    private static Account Add(Account account, int orders, decimal amount) => account with
    {
        Counters = account.Counters.With("orders", account.Counter("orders") + orders).With("total", account.Counter("total") + amount),
    };

    private static IEnumerable<string> VenuesOf(Order order) => (order.Buckets ?? []).Select(bucket => bucket.Venue).OfType<string>();

    private static OrderSummary[] Newest(IReadOnlyList<OrderSummary> orders, OrderSummary summary, int most) =>
        [.. orders.Where(order => order.Id != summary.Id).Prepend(summary).OrderByDescending(order => order.Created).Take(most)];

    private static OrderSummary Summarise(string tenant, Order order, DateTimeOffset at) => new()
    {
        Tenant = tenant,
        Id = order.Id,
        // Note: in milliseconds, as it is stored, so that the order of orders is the same before and after.
        Created = DateTimeOffset.FromUnixTimeMilliseconds((order.Created?.In(Zone.Utc) ?? at).ToUnixTimeMilliseconds()),
        // Note: the platform's own clients count on these three; an order that was never edited has its total there.
        Source = order.Source ?? "",
        OrderType = order.OrderType ?? "",
        Total = order.Total.ToString(CultureInfo.InvariantCulture),
        EditTotal = (order.EditTotal ?? order.Total).ToString(CultureInfo.InvariantCulture),
        Status = order.Status,
        ClosedDate = order.ClosedDate?.In(Zone.Utc),
        LoyaltyId = order.LoyaltyId,
    };
}
