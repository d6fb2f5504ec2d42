using Loyalty.Auth;
using Loyalty.Events.Contracts;

namespace Loyalty.Campaigns;

/// <summary>Judges a coupon for an account, and takes it for the caller where that is asked for.</summary>
internal sealed class CouponJudge(CouponStore coupons, CampaignStore campaigns, CouponLockStore locks, TimeProvider time)
{
    public async Task<CouponVerdict> JudgeAsync(string tenant, string account, string code, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await FindAsync(tenant, account, code, now, cancellationToken) is { } coupon
            ? await JudgeAsync(coupon, now, cancellationToken)
            : CouponVerdict.NotFound(code);
    }

    /// <summary>Note: every call is an attempt of its own, also by whoever has the lock: of any number exactly one gets it.</summary>
    public async Task<CouponVerdict> LockAsync(Caller caller, string account, string code, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await FindAsync(caller.Tenant, account, code, now, cancellationToken) is not { } before)
            return CouponVerdict.NotFound(code);
        var verdict = await JudgeAsync(before, now, cancellationToken);
        if (!verdict.Usable)
            return verdict;
        if (await locks.TryTakeAsync(caller.Tenant, code, caller.Id, now, before.TurnedAt, cancellationToken) is not { } mine)
            return await JudgeAsync(caller.Tenant, account, code, cancellationToken) is { Usable: false } lost ? lost : verdict with { Usable = false, Reason = CouponReason.Locked, Locked = true };
        // Note: an order may have taken it between the look and the lock.
        var coupon = await FindAsync(caller.Tenant, account, code, now, cancellationToken);
        if (CouponRule.Hindrance(coupon, Key.Of(caller.Tenant, account), null, now) is not { } hindrance)
            return CouponVerdict.Of(coupon!, null, mine);
        await locks.FreeAsync(mine, cancellationToken);
        return coupon is null ? CouponVerdict.NotFound(code) : CouponVerdict.Of(coupon, hindrance, null);
    }

    /// <summary>Frees the coupon of a caller's lock. False: it is another's, which only <see cref="Roles.Loyalty"/> may free.</summary>
    public async Task<bool> TryUnlockAsync(Caller caller, string account, string code, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await FindAsync(caller.Tenant, account, code, now, cancellationToken) is not { } coupon
            || await locks.FindAsync(caller.Tenant, code, now, coupon.TurnedAt, cancellationToken) is not { } taken)
            return true;
        if (taken.Owner != caller.Id && !caller.Has(Roles.Loyalty))
            return false;
        await locks.FreeAsync(taken, cancellationToken);
        return true;
    }

    private async Task<CouponVerdict> JudgeAsync(Coupon coupon, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var taken = await locks.FindAsync(coupon.Tenant, coupon.Code, now, coupon.TurnedAt, cancellationToken);
        return CouponVerdict.Of(coupon, CouponRule.Hindrance(coupon, coupon.Owner, null, now) ?? (taken is null ? null : CouponReason.Locked), taken);
    }

    /// <summary>The account's coupon. Note: where its campaign is over it may not have been made void yet.</summary>
    private async Task<Coupon?> FindAsync(string tenant, string account, string code, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var coupon = await coupons.FindAsync(tenant, code, cancellationToken);
        if (coupon is null || coupon.Owner != Key.Of(tenant, account))
            return null;
        if (coupon.Status != CouponStatus.Open)
            return coupon;
        var campaign = await campaigns.FindAsync(tenant, coupon.Campaign, cancellationToken);
        return campaign?.IsLiveAt(now) == true ? coupon : coupon with { Status = CouponStatus.Void };
    }
}
