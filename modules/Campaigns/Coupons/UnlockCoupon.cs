using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>Frees a coupon that a caller has taken.</summary>
internal static class UnlockCoupon
{
    public static async Task<Results<Ok<CouponResult>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string coupon, [RegularExpression("[a-zA-Z0-9._-]{3,64}")] string account, Caller caller,
        CouponVerifier verifier, CancellationToken cancellationToken) =>
        await verifier.TryUnlockAsync(caller, account, coupon, cancellationToken)
            ? TypedResults.Ok(await verifier.VerifyAsync(caller.Tenant, account, coupon, cancellationToken))
            : Problems.Conflict("locked_by_another", $"Another caller has locked the coupon {coupon}: it unlocks it itself, or somebody with {Roles.Loyalty} does.");
}
