using Loyalty.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

internal static class GetMyCoupons
{
    /// <summary>Get my coupons</summary>
    /// <remarks>Those that are not used up, expired or void, with what they are good for; <c>usable</c> is false while an order holds one or a till has locked it.</remarks>
    public static async Task<Ok<IReadOnlyList<CouponResult>>> Handle(Caller caller, CouponVerifier coupons, CancellationToken cancellationToken) =>
        TypedResults.Ok(await coupons.OfAccountAsync(caller.Tenant, caller.Id, cancellationToken));
}
