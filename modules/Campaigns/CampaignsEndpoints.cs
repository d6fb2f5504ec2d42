using Loyalty.Auth;
using Loyalty.Web;
using Loyalty.Web.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loyalty.Campaigns;

internal static class CampaignsEndpoints
{
    public static void MapCampaigns(this IEndpointRouteBuilder routes)
    {
        MapCampaign(routes.MapApi("/api/campaign", "campaign"));
        routes.MapApi("/api/v2/campaign", "campaign").MapPost("/{campaign}/push", RegisterPush.HandleV2).WithName("registerPushV2").WithSummary("Register push for campaign")
            .Allow(Editors, Roles.Loyalty, Roles.LoyaltyCampaign);
        MapCoupons(routes.MapApi("/api/account/coupon", "account"));
        routes.MapApi("/api/account", "account").MapPost("/{account}/campaign/{campaign}/buy", BuyCoupon.OfAccount).WithName("buyAccountCoupon").WithSummary("Buy a coupon from an account's wallet")
            .WithDescription("As `buyCoupon`, at a till.").Allow(Editors, Roles.Loyalty, Roles.LoyaltyEvent);
        MapMine(routes.MapApi("/api/my", "account"));
        routes.MapApi("/api/till", "till").MapGet("/member", GetTillMembers.Handle).WithName("getTillMembers").Allow(Editors, Roles.Loyalty, Roles.LoyaltyEvent);
        var settings = routes.MapApi("/auth-api/api/tenant/{tenant}/loyalty", "tenant");
        settings.MapGet("", TenantLoyalty.Get).WithName("getTenantLoyalty").WithSummary("Get a tenant's loyalty settings").Allow(Callers.People, Roles.Su);
        settings.MapPut("", TenantLoyalty.Put).WithName("putTenantLoyalty").WithSummary("Change a tenant's loyalty settings").TellsUnknownFields(typeof(TenantLoyalty.Answer)).Allow(Callers.People, Roles.Su);
    }

    private static void MapCampaign(RouteGroupBuilder api)
    {
        api.MapGet("", GetCampaigns.Handle).WithName("getCampaigns").WithListFilter<CampaignFilter>().Allow(Callers.People, Roles.Loyalty, Roles.LoyaltyCampaign);
        api.MapPost("", SaveCampaign.Post).WithName("postCampaign").WithSummary("Create campaign. Works as upsert").TellsUnknownFields(typeof(CampaignAnswer)).Allow(Editors, Roles.Loyalty, Roles.LoyaltyCampaign);
        api.MapGet("/{campaign}", GetCampaign.Handle).WithName("getCampaign").WithSummary("Get campaign by id").Allow(Editors, Roles.Loyalty, Roles.LoyaltyCampaign);
        api.MapPut("/{campaign}", SaveCampaign.Put).WithName("putCampaign").WithSummary("Update campaign by id. Works as upsert").TellsUnknownFields(typeof(CampaignAnswer)).Allow(Editors, Roles.Loyalty, Roles.LoyaltyCampaign);
        api.MapDelete("/{campaign}", DeleteCampaign.Handle).WithName("deleteCampaign").WithSummary("Delete campaign by id")
            .WithDescription("Irreversible. The campaign is gone at once; its memberships and coupons, whose numbers are answered, are removed in the background. Statistics keep what they have counted.")
            .Allow(Editors, Roles.Loyalty, Roles.LoyaltyCampaign);
        api.MapGet("/{campaign}/preview", PreviewCampaign.Handle).WithName("previewCampaign").WithSummary("Preview matching accounts for campaign")
            .WithDescription("Counts the accounts that match now (`cnt`) and names up to 20 of them (`samples`); on unchanged data it is what `initialize` enrols. Of a BIRTHDAY campaign: those whose birthday is known.")
            .Allow(Editors, Roles.Loyalty, Roles.LoyaltyCampaign);
        api.MapPost("/{campaign}/initialize", InitializeCampaign.Handle).WithName("initializeCampaign").WithSummary("Initialize campaign")
            .WithDescription("Answers at once; accounts are enrolled in the background, in batches, and `cnt` shows how many so far. With `activeFrom` ahead the campaign is SCHEDULED and starts then. A BIRTHDAY campaign enrols nobody at once, but from then on each day, in the tenant's zone, the accounts that match and whose birthday it is, once a year; 29 February is kept on the 28th in common years, and days missed in a stop are made up for, up to a week.")
            .Allow(Editors, Roles.Loyalty, Roles.LoyaltyCampaign);
        api.MapPost("/{campaign}/finalize", FinalizeCampaign.Handle).WithName("finalizeCampaign").WithSummary("Finalize campaign")
            .WithDescription("Ends it for good: nothing moves in it any more; open memberships end and unused coupons become void, in the background. Repeated, it changes nothing.")
            .Allow(Editors, Roles.Loyalty, Roles.LoyaltyCampaign);
        api.MapGet("/{campaign}/version", GetVersions.List).WithName("getCampaignVersions").WithSummary("List the saved versions of a campaign")
            .WithDescription("Every definition that was saved, the newest first, at most 100: what an upsert has replaced can be read here, and put again.")
            .Allow(Editors, Roles.Loyalty, Roles.LoyaltyCampaign);
        api.MapGet("/{campaign}/version/{version}", GetVersions.One).WithName("getCampaignVersion").WithSummary("Get a saved version of a campaign")
            .Allow(Editors, Roles.Loyalty, Roles.LoyaltyCampaign);
        api.MapPost("/{campaign}/pause", PauseCampaign.Handle).WithName("pauseCampaign").WithSummary("Pause campaign")
            .WithDescription("Nothing moves in it, nobody joins and nothing is sent until it is resumed; `pausedAt` says since when. Members keep their coupons usable; orders and uses of coupons are noted. Repeated, it changes nothing.")
            .Allow(Editors, Roles.Loyalty, Roles.LoyaltyCampaign);
        api.MapPost("/{campaign}/resume", ResumeCampaign.Handle).WithName("resumeCampaign").WithSummary("Resume campaign")
            .WithDescription("In the background, members move by what happened while it was paused, then who has come to match joins. Repeated, it changes nothing.")
            .Allow(Editors, Roles.Loyalty, Roles.LoyaltyCampaign);
        api.MapPost("/{campaign}/push", RegisterPush.Handle).WithName("registerPush").WithSummary("Register push for campaign").Allow(Editors, Roles.Loyalty, Roles.LoyaltyCampaign);
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
        api.MapGet("/coupons", GetMyCoupons.Handle).WithName("getMyCoupons").AllowAnyPerson();
        api.MapGet("/coupon/verify", VerifyCoupon.Mine).WithName("verifyCoupon").WithSummary("Verify if my coupon can be used").AllowAnyPerson();
        api.MapPost("/campaign/{campaign}/message", ReportMessage.Handle).WithName("message").WithSummary("Mark message received and proceed to next state").AllowAnyPerson();
        api.MapPost("/campaign/{campaign}/coupon", ReportCoupon.Handle).WithName("coupon").WithSummary("DEPRECATED. Mark coupon received and proceed to next state")
            .WithDescription("A coupon moves a walk on when it is used; an app need not report it. The coupon itself stays usable.")
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                operation.Deprecated = true;
                return Task.CompletedTask;
            }).AllowAnyPerson();
        api.MapPost("/campaign/{campaign}/buy", BuyCoupon.Mine).WithName("buyCoupon").WithSummary("Buy a coupon from my wallet")
            .WithDescription("Takes the price of an offered coupon from the wallet and gives it. Too little is a 409 `wallet_too_low` with the balance in `values.balance`.").AllowAnyPerson();
        api.MapPost("/campaign/{campaign}/push", ClickPush.Handle).WithName("pushClick").WithSummary("Register push click in campaign")
            .WithDescription("Counts once for an account and a push.").AllowAnyPerson();
    }

    private const Callers Editors = Callers.PeopleAndPartners;
}
