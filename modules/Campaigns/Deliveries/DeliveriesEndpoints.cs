using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loyalty.Campaigns;

internal static class DeliveriesEndpoints
{
    public static void MapDeliveries(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi("/api/operations", "operations");
        api.MapGet("/outbox", GetOutbox.Handle).WithName("getOutbox").WithSummary("List what goes out")
            .WithDescription("Push notifications and credits for an outside wallet, newest first, at most 1000: what was delivered, what is tried again and when, and what was given up and why.")
            .Allow(Callers.PeopleAndPartners, Roles.Su);
        api.MapPost("/outbox/{id}/resend", ResendOutbox.Handle).WithName("resendOutbox").WithSummary("Send a dead letter again")
            .WithDescription("Under the same idempotency key, with all attempts before it, and whatever the hour. A push whose coupon is used by now, or whose campaign is over, is withdrawn instead.")
            .Allow(Callers.PeopleAndPartners, Roles.Su);
        api.MapGet("/notices", GetNotices.Handle).WithName("getNotices").WithSummary("List what became of notifications")
            .WithDescription("At most 1000. OPEN: the soonest first. SENT (given to the outbox), MISSED (too late) or DROPPED (no pushId, no consent, coupon used, campaign over …): the last first.")
            .Allow(Callers.PeopleAndPartners, Roles.Su);
    }
}
