using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Campaigns;

internal enum CouponStatus
{
    Open,

    /// <summary>All its uses are spent.</summary>
    Used,

    Expired,

    /// <summary>Its campaign ended before it was used.</summary>
    Void,
}

/// <summary>A code that a campaign gave to one account.</summary>
internal sealed record Coupon : IPassDocument
{
    /// <summary>The coupons of an account that may still be used.</summary>
    public static readonly DocumentGroup<Coupon> OpenOfOwner = new(coupon => coupon.Owner, coupon => coupon.Status == CouponStatus.Open);

    public static readonly DocumentGroup<Coupon> AllOfOwner = new(coupon => coupon.Owner);

    /// <summary>The coupons that an order holds or has used.</summary>
    public static readonly DocumentGroup<Coupon> OfOrder = new(coupon => coupon.Orders);

    [BsonId]
    public required string Key { get; init; }

    [BsonIgnore]
    string IPassDocument.Id => Key;

    public long LastPass { get; init; }

    public required string Tenant { get; init; }

    public required string Code { get; init; }

    /// <summary>The key (tenant and id) of the account.</summary>
    public required string Owner { get; init; }

    public required string Account { get; init; }

    public required string Campaign { get; init; }

    public required string State { get; init; }

    public required DateTimeOffset GivenAt { get; init; }

    public DateTimeOffset? ValidTo { get; init; }

    public int Uses { get; init; } = 1;

    public CouponStatus Status { get; init; }

    /// <summary>The orders that have used it.</summary>
    public IReadOnlyList<string> UsedBy { get; init; } = [];

    /// <summary>Unpaid orders that hold a use of it.</summary>
    public IReadOnlyList<CouponHold> Holds { get; init; } = [];

    /// <summary>Keys (tenant and id) of all orders that hold or have used it.</summary>
    public IReadOnlyList<string> Orders { get; init; } = [];

    public CouponData? Data { get; init; }

    /// <summary>Of a coupon that was bought: the id of the entry that did it.</summary>
    public string? Cause { get; init; }

    /// <summary>When an order last took it, used it or gave it back. A caller's lock that is older is over.</summary>
    public DateTimeOffset? TurnedAt { get; init; }

    /// <summary>When its time is over, as long as it may be used. Note: stored, but worked out anew whenever the coupon is.</summary>
    [BsonElement("dueAt")]
    public DateTimeOffset? DueAt => Status == CouponStatus.Open ? ValidTo : null;

    /// <summary>Set when its account was erased.</summary>
    public DateTimeOffset? ExpireAt { get; init; }

    public Coupon Erased(DateTimeOffset expireAt) => new()
    {
        Key = Key,
        Tenant = Tenant,
        Code = Code,
        Owner = "",
        Account = "",
        Campaign = Campaign,
        State = State,
        GivenAt = GivenAt,
        Status = CouponStatus.Void,
        ExpireAt = expireAt,
    };
}

/// <summary>An unpaid order's claim to a use.</summary>
internal sealed record CouponHold(string Order, DateTimeOffset Until);
