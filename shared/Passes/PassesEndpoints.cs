using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loyalty.Passes;

internal static class PassesEndpoints
{
    public static void MapPasses(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi("/api/operations", "operations");
        api.MapGet("/parked", ParkedEntries.List).WithName("getParkedEvents").WithSummary("List parked events")
            .WithDescription("Events that could not be decided because of a fault, oldest first, at most 1000. Later events that share their account, card or order wait behind them.")
            .Allow(Callers.PeopleAndPartners, Roles.Su);
        api.MapPost("/parked/{eventId}/retry", ParkedEntries.Retry).WithName("retryParkedEvent").WithSummary("Decide a parked event again")
            .Allow(Callers.PeopleAndPartners, Roles.Su);
        api.MapPost("/parked/{eventId}/discard", ParkedEntries.Discard).WithName("discardParkedEvent").WithSummary("Give a parked event up")
            .WithDescription("It is answered as REJECTED from then on, and what waited behind it is decided.")
            .Allow(Callers.PeopleAndPartners, Roles.Su);
        api.MapGet("/schedule", GetSchedule.Handle).WithName("getSchedule").WithSummary("List what falls due next")
            .WithDescription("The next 100 things that time will bring about in this tenant, soonest first.")
            .Allow(Callers.PeopleAndPartners, Roles.Su);
    }
}
