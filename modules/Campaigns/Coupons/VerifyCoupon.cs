using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>Tells a member or a till whether a coupon can be used.</summary>
internal static class VerifyCoupon
{
    private const string Code = "[a-zA-Z0-9_-]{1,64}";
    private const string AccountId = "[a-zA-Z0-9._-]{3,64}";

    public static async Task<Ok<CouponResult>> Mine(
        [RegularExpression(Code)] string coupon, Caller caller, CouponVerifier verifier, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await verifier.VerifyAsync(caller.Tenant, caller.Id, coupon, cancellationToken));
    }

    public static async Task<Ok<CouponResult>> OfAccount(
        [RegularExpression(Code)] string coupon, [RegularExpression(AccountId)] string account, Caller caller, CouponVerifier verifier, HttpResponse response,
        CancellationToken cancellationToken, bool @lock = false)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(@lock
            ? await verifier.LockAsync(caller, account, coupon, cancellationToken)
            : await verifier.VerifyAsync(caller.Tenant, account, coupon, cancellationToken));
    }
}
