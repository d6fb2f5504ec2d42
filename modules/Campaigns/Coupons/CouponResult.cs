namespace Loyalty.Campaigns;

/// <summary>Whether a coupon can be used, and what it is good for.</summary>
internal sealed record CouponResult
{
    /// <summary>The code that was asked about.</summary>
    public required string Coupon { get; init; }

    /// <summary>True: the account may use it now; where a lock was asked for, the caller has it.</summary>
    public required bool Usable { get; init; }

    /// <summary>Why not: NOT_FOUND (also another account's), USED, EXPIRED, VOID, HELD (by an unpaid order) or LOCKED (by another caller).</summary>
    public CouponReason? Reason { get; init; }

    public string? Campaign { get; init; }

    public string? State { get; init; }

    public string? Account { get; init; }

    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>True: a caller has taken it for a while.</summary>
    public bool Locked { get; init; }

    /// <summary>Until when it is locked, unless it is unlocked or an order takes it before.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    public CouponData? Data { get; init; }

    public static CouponResult NotFound(string code) => new() { Coupon = code, Usable = false, Reason = CouponReason.NotFound };

    public static CouponResult Of(Coupon coupon, CouponReason? reason, CouponLock? taken) => new()
    {
        Coupon = coupon.Code,
        Usable = reason is null,
        Reason = reason,
        Campaign = coupon.Campaign,
        State = coupon.State,
        Account = coupon.Account,
        ValidTo = coupon.ValidTo,
        Locked = taken is not null,
        LockedUntil = taken?.Until,
        Data = coupon.Data,
    };
}
