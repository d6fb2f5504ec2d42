using Loyalty.Events.Contracts;

namespace Loyalty.Campaigns;

/// <summary>Whether an order is of the kind that an ORDER state waits for. Pure.</summary>
internal static class OrderRule
{
    public static bool Qualifies(OrderStateDefinition wanted, Order order) =>
        order.Total >= (wanted.MinTotal ?? decimal.MinValue)
        && Fits(wanted.OrderTypes, order.OrderType)
        && Fits(wanted.Sources, order.Source)
        && FitsAny(wanted.Venues, (order.Buckets ?? []).Select(bucket => bucket.Venue))
        && FitsAny(wanted.Products, (order.Buckets ?? []).SelectMany(bucket => bucket.Lines ?? []).Select(line => line.ProductId));

    private static bool Fits(IReadOnlyList<string>? wanted, string? value) => FitsAny(wanted, [value]);

    private static bool FitsAny(IReadOnlyList<string>? wanted, IEnumerable<string?> values) =>
        wanted is not { Count: > 0 } || values.Any(value => value is not null && wanted.Contains(value));
}
