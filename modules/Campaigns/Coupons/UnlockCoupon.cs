using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>Frees a coupon that a caller has taken.</summary>
internal static class UnlockCoupon
{
    public static async Task<Ok<CouponVerdict>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string coupon, [RegularExpression("[a-zA-Z0-9._-]{3,64}")] string account, Caller caller,
        CouponJudge judge, CancellationToken cancellationToken)
    {
        var verdict = await judge.JudgeAsync(caller.Tenant, account, coupon, false, cancellationToken);
        if (verdict.Reason != CouponReason.NotFound)
            await judge.FreeAsync(caller.Tenant, coupon, cancellationToken);
        return TypedResults.Ok(await judge.JudgeAsync(caller.Tenant, account, coupon, false, cancellationToken));
    }
}
