using Loyalty.Events.Contracts;

namespace Loyalty.Campaigns;

/// <summary>Whether a coupon can be used, and what it is good for.</summary>
internal sealed record CouponVerdict
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

    public CouponData? Data { get; init; }

    public static CouponVerdict NotFound(string code) => new() { Coupon = code, Usable = false, Reason = CouponReason.NotFound };

    public static CouponVerdict Of(Coupon coupon, CouponReason? reason, bool isLocked) => new()
    {
        Coupon = coupon.Code,
        Usable = reason is null,
        Reason = reason,
        Campaign = coupon.Campaign,
        State = coupon.State,
        Account = coupon.Account,
        ValidTo = coupon.ValidTo,
        Locked = isLocked,
        Data = coupon.Data,
    };
}

/// <summary>Judges a coupon for an account, and takes it for the caller where that is asked for.</summary>
internal sealed class CouponJudge(CouponStore coupons, CouponLockStore locks, TimeProvider time)
{
    public async Task<CouponVerdict> JudgeAsync(string tenant, string account, string code, bool take, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var owner = Key.Of(tenant, account);
        var coupon = await coupons.FindAsync(tenant, code, cancellationToken);
        if (coupon is null || coupon.Owner != owner)
            return CouponVerdict.NotFound(code);
        if (!take || CouponRule.Hindrance(coupon, owner, null, now) is not null)
        {
            var isTaken = await locks.IsTakenAsync(tenant, code, now, cancellationToken);
            var reason = CouponRule.Hindrance(coupon, owner, null, now) ?? (isTaken ? CouponReason.Locked : null);
            return CouponVerdict.Of(coupon, reason, isTaken);
        }
        if (!await locks.TryTakeAsync(tenant, code, now, cancellationToken))
            return CouponVerdict.Of(coupon, CouponReason.Locked, true);
        // Note: an order may have used it between the look and the lock.
        var taken = await coupons.FindAsync(tenant, code, cancellationToken);
        if (CouponRule.Hindrance(taken, owner, null, now) is { } hindrance)
        {
            await locks.FreeAsync(tenant, code, cancellationToken);
            return CouponVerdict.Of(taken ?? coupon, hindrance, false);
        }
        return CouponVerdict.Of(taken!, null, true);
    }

    public Task<bool> FreeAsync(string tenant, string code, CancellationToken cancellationToken) => locks.FreeAsync(tenant, code, cancellationToken);
}
