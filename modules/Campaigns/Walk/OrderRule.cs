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

    /// <summary>The quantity of the lines that fit. Note: what was voided or wasted, and what is no product, is no purchase.</summary>
    public static decimal ItemsOf(OrderStateDefinition wanted, Order order) =>
        (order.Buckets ?? []).Where(bucket => Fits(wanted.Venues, bucket.Venue)).SelectMany(bucket => bucket.Lines ?? [])
        .Where(line => line.Status is not ("VOID" or "WASTE" or "TECHNICAL") && Fits(wanted.Products, line.ProductId)).Sum(line => line.Quantity ?? 1);

    private static bool Fits(IReadOnlyList<string>? wanted, string? value) => FitsAny(wanted, [value]);

    private static bool FitsAny(IReadOnlyList<string>? wanted, IEnumerable<string?> values) =>
        wanted is not { Count: > 0 } || values.Any(value => value is not null && wanted.Contains(value));
}
