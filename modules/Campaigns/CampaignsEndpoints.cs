using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loyalty.Campaigns;

internal static class CampaignsEndpoints
{
    public static void MapCampaigns(this IEndpointRouteBuilder routes)
    {
        MapCampaign(routes.MapApi("/api/campaign", "campaign"));
        MapCoupons(routes.MapApi("/api/account/coupon", "account"));
        MapMine(routes.MapApi("/api/my", "account"));
    }

    private static void MapCampaign(RouteGroupBuilder api)
    {
        api.MapPost("", SaveCampaign.Post).WithName("postCampaign").WithSummary("Create campaign. Works as upsert").Allow(Editors, Roles.Loyalty, Roles.LoyaltyCampaign);
        api.MapGet("/{campaign}", GetCampaign.Handle).WithName("getCampaign").WithSummary("Get campaign by id").Allow(Editors, Roles.Loyalty, Roles.LoyaltyCampaign);
        api.MapPut("/{campaign}", SaveCampaign.Put).WithName("putCampaign").WithSummary("Update campaign by id. Works as upsert").Allow(Editors, Roles.Loyalty, Roles.LoyaltyCampaign);
        api.MapPost("/{campaign}/initialize", InitializeCampaign.Handle).WithName("initializeCampaign").WithSummary("Initialize campaign")
            .WithDescription("Answers at once; accounts are enrolled in the background, in batches, and `cnt` shows how many so far.")
            .Allow(Editors, Roles.Loyalty, Roles.LoyaltyCampaign);
    }

    private static void MapCoupons(RouteGroupBuilder api)
    {
        api.MapGet("/verify", VerifyCoupon.OfAccount).WithName("verifyArbitraryAccountCoupon").WithSummary("Verify if a coupon can be used by an account")
            .WithDescription("`lock=true` takes the coupon for 15 minutes; of any number of callers at once exactly one gets it. Use POST for that.")
            .Allow(Editors, Roles.Loyalty, Roles.LoyaltyEvent);
        api.MapPost("/verify", VerifyCoupon.OfAccount).WithName("verifyArbitraryAccountCouponPost").WithSummary("Verify, and lock, a coupon of an account")
            .Allow(Editors, Roles.Loyalty, Roles.LoyaltyEvent);
        api.MapPost("/unlock", UnlockCoupon.Handle).WithName("unlockArbitraryAccountCoupon").WithSummary("Unlock a coupon of an account")
            .Allow(Editors, Roles.Loyalty, Roles.LoyaltyEvent);
    }

    private static void MapMine(RouteGroupBuilder api)
    {
        api.MapGet("/campaigns", GetMyCampaigns.Handle).WithName("getMyCampaigns").WithSummary("Get my campaigns and their state").AllowAnyPerson();
        api.MapGet("/coupon/verify", VerifyCoupon.Mine).WithName("verifyCoupon").WithSummary("Verify if my coupon can be used").AllowAnyPerson();
        api.MapPost("/campaign/{campaign}/message", ReceiveMessage.Handle).WithName("message").WithSummary("Mark message received and proceed to next state").AllowAnyPerson();
    }

    private const Callers Editors = Callers.PeopleAndPartners;
}
