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
    /// <summary><c>[a-zA-Z0-9._:-]{1,128}</c>, unique in the tenant.</summary>
    public required string Id { get; init; }

    /// <summary>COMPLETED, VERIFIED, DELIVER, DELIVERED, PICKED and CLOSED are paid; CANCELLED and ABANDONED are final; all others are unpaid.</summary>
    public required string Status { get; init; }

    /// <summary>In the tenant's currency; a JSON number or string, between -1000000000 and 1000000000.</summary>
    [JsonConverter(typeof(MoneyConverter))]
    public required decimal Total { get; init; }

    /// <summary>What it is worth after it was edited, if it was: within the same bounds.</summary>
    [JsonConverter(typeof(MoneyConverter))]
    public decimal? EditTotal { get; init; }

    /// <summary>Up to 64 characters.</summary>
    public string? OrderType { get; init; }

    /// <summary>Up to 64 characters.</summary>
    public string? Source { get; init; }

    /// <summary>Up to 32.</summary>
    public IReadOnlyList<OrderUser>? Users { get; init; }

    /// <summary>A card, <c>[a-zA-Z0-9._-]{3,64}</c>; it chooses the account where the event names none.</summary>
    public string? LoyaltyId { get; init; }

    /// <summary>Coupons that the order uses, up to 16.</summary>
    public IReadOnlyList<OrderCoupon>? Coupons { get; init; }

    /// <summary>Up to 64, with up to 1000 lines in all.</summary>
    public IReadOnlyList<OrderBucket>? Buckets { get; init; }

    /// <summary>
    /// A time; without an offset it is in the tenant's zone. Absent: the event's <c>ts</c>.
    /// </summary>
    public IsoTime? Created { get; init; }

    /// <summary>As <c>created</c>.</summary>
    public IsoTime? ClosedDate { get; init; }

    /// <summary>As <c>created</c>.</summary>
    public IsoTime? LastChanged { get; init; }

    /// <summary>The order without phones and e-mails of its users: deciding does not take them, so they are not kept.</summary>
    public Order WithoutContacts() => Users is null ? this : this with { Users = [.. Users.Select(user => user with { Phone = null, Email = null })] };

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
    /// <summary><c>[a-zA-Z0-9._-]{3,64}</c>.</summary>
    public required string UserId { get; init; }

    /// <summary>Up to 32, each of up to 64 characters. The user with the role CUSTOMER is the member.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Up to 64 characters.</summary>
    public string? Phone { get; init; }

    /// <summary>Up to 320 characters.</summary>
    public string? Email { get; init; }
}

public sealed record OrderCoupon
{
    /// <summary>Its code, <c>[a-zA-Z0-9_-]{1,64}</c>.</summary>
    public required string Coupon { get; init; }
}

public sealed record OrderBucket
{
    /// <summary><c>[a-zA-Z0-9._-]{1,64}</c>.</summary>
    public string? Venue { get; init; }

    /// <summary>Up to 500.</summary>
    public IReadOnlyList<OrderLine>? Lines { get; init; }
}

public sealed record OrderLine
{
    /// <summary>Up to 128 characters.</summary>
    public string? ProductId { get; init; }

    /// <summary>Between -1000000000 and 1000000000, with up to 6 decimals.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>A JSON number or string, between -1000000000 and 1000000000.</summary>
    [JsonConverter(typeof(MoneyConverter))]
    public decimal? Price { get; init; }

    /// <summary>Up to 64 characters.</summary>
    public string? Status { get; init; }
}
