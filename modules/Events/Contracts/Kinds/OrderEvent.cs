using System.Text.Json.Serialization;
using Loyalty.Time;

namespace Loyalty.Events.Contracts;

/// <summary>An order was placed, changed, paid or cancelled.</summary>
[EventKind("ORDER")]
public sealed record OrderEvent : LoyaltyEvent
{
    public required Order Order { get; init; }
}

/// <summary>An order of the ordering platform: the fields that loyalty looks at. Others are ignored.</summary>
public sealed record Order
{
    public required string Id { get; init; }

    /// <summary>COMPLETED, VERIFIED, DELIVER, DELIVERED, PICKED and CLOSED are paid; CANCELLED and ABANDONED are final; all others are unpaid.</summary>
    public required string Status { get; init; }

    /// <summary>In the tenant's currency; a JSON number or string.</summary>
    [JsonConverter(typeof(MoneyConverter))]
    public required decimal Total { get; init; }

    [JsonConverter(typeof(MoneyConverter))]
    public decimal? EditTotal { get; init; }

    public string? OrderType { get; init; }

    public string? Source { get; init; }

    public IReadOnlyList<OrderUser>? Users { get; init; }

    /// <summary>A card; it chooses the account where the event names none.</summary>
    public string? LoyaltyId { get; init; }

    /// <summary>Coupons that the order uses.</summary>
    public IReadOnlyList<OrderCoupon>? Coupons { get; init; }

    public IReadOnlyList<OrderBucket>? Buckets { get; init; }

    /// <summary>A time without an offset is in the tenant's zone. Absent: the event's <c>ts</c>.</summary>
    public IsoTime? Created { get; init; }

    public IsoTime? ClosedDate { get; init; }

    public IsoTime? LastChanged { get; init; }

    /// <summary>The order with its wall-clock times read in the tenant's zone.</summary>
    public Order InZone(Zone zone) => this with
    {
        Created = Created?.AsInstant(zone),
        ClosedDate = ClosedDate?.AsInstant(zone),
        LastChanged = LastChanged?.AsInstant(zone),
    };
}

public sealed record OrderUser
{
    public required string UserId { get; init; }

    /// <summary>The user with the role CUSTOMER is the member.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    public string? Phone { get; init; }

    public string? Email { get; init; }
}

public sealed record OrderCoupon
{
    public required string Coupon { get; init; }
}

public sealed record OrderBucket
{
    public string? Venue { get; init; }

    public IReadOnlyList<OrderLine>? Lines { get; init; }
}

public sealed record OrderLine
{
    public string? ProductId { get; init; }

    public decimal? Quantity { get; init; }

    [JsonConverter(typeof(MoneyConverter))]
    public decimal? Price { get; init; }

    public string? Status { get; init; }
}
