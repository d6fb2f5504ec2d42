using Loyalty.Auth;

namespace Loyalty.Campaigns;

/// <summary>Verifies a coupon for an account, and takes it for the caller where that is asked for.</summary>
internal sealed class CouponVerifier(CouponStore coupons, CampaignStore campaigns, CouponLockStore locks, TimeProvider time)
{
    public async Task<CouponResult> VerifyAsync(string tenant, string account, string code, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await FindAsync(tenant, account, code, now, cancellationToken) is { } coupon
            ? await VerifyAsync(coupon, now, cancellationToken)
            : CouponResult.NotFound(code);
    }

    /// <summary>The coupons of an account that are not used up, expired or void.</summary>
    public async Task<IReadOnlyList<CouponResult>> OfAccountAsync(string tenant, string account, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var open = await coupons.OpenOfAsync(tenant, account, cancellationToken);
        var running = await campaigns.FindAsync(tenant, open.Select(coupon => coupon.Campaign).Distinct(), cancellationToken);
        var found = new List<CouponResult>();
        foreach (var coupon in open.Where(coupon => running.GetValueOrDefault(coupon.Campaign)?.IsLiveAt(now) == true && !(coupon.ValidTo <= now)))
            found.Add(await VerifyAsync(coupon, now, cancellationToken));
        return found;
    }

    /// <summary>Note: every call is an attempt of its own, also by whoever has the lock: of any number exactly one gets it.</summary>
    public async Task<CouponResult> LockAsync(Caller caller, string account, string code, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await FindAsync(caller.Tenant, account, code, now, cancellationToken) is not { } before)
            return CouponResult.NotFound(code);
        var result = await VerifyAsync(before, now, cancellationToken);
        if (!result.Usable)
            return result;
        if (await locks.TryTakeAsync(caller.Tenant, code, caller.Id, now, before.TurnedAt, cancellationToken) is not { } mine)
            return await VerifyAsync(caller.Tenant, account, code, cancellationToken) is { Usable: false } lost ? lost : result with { Usable = false, Reason = CouponReason.Locked, Locked = true };
        // Note: an order may have taken it between the look and the lock.
        var coupon = await FindAsync(caller.Tenant, account, code, now, cancellationToken);
        if (CouponRule.Refusal(coupon, Key.Of(caller.Tenant, account), null, now) is not { } refusal)
            return CouponResult.Of(coupon!, null, mine);
        await locks.FreeAsync(mine, cancellationToken);
        return coupon is null ? CouponResult.NotFound(code) : CouponResult.Of(coupon, refusal, null);
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

    private async Task<CouponResult> VerifyAsync(Coupon coupon, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var taken = await locks.FindAsync(coupon.Tenant, coupon.Code, now, coupon.TurnedAt, cancellationToken);
        return CouponResult.Of(coupon, CouponRule.Refusal(coupon, coupon.Owner, null, now) ?? (taken is null ? null : CouponReason.Locked), taken);
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
