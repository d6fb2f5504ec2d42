using Loyalty.Auth;
using Loyalty.Events.Contracts;
using Loyalty.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loyalty.Events;

internal static class EventsEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi("/api", "event");
        api.MapPost("/event", PostEvent.Handle).WithName("postEvent")
            .WithSummary("Post new events")
            .WithDescription(
                "Takes 1 to 500 events and answers the outcome of each, in the same order, once they have been applied. An acknowledged event "
                + "is durable and takes effect exactly once. One bad event never spoils its neighbours: it alone is REJECTED, with a problem that "
                + "names field and fix. Where applying takes longer than ten seconds the answer is a 202 with outcomes ACCEPTED: the events are "
                + "durable and will be applied, and `Location` names where to read their outcomes. `Prefer: respond-async` asks for that at once. "
                + "A repeated `Idempotency-Key` header with the same body is answered as the first time; with another body it is a 422.")
            .Accepts<IReadOnlyList<LoyaltyEvent>>("application/json").ValidatesItself()
            .Allow(Callers.PeopleAndPartners, Roles.Loyalty, Roles.LoyaltyEvent);
        api.MapGet("/event/request/{request}", GetOutcomes.Handle).WithName("getEventOutcomes").WithSummary("Read the outcomes of a batch")
            .WithDescription("For a batch that was answered with a 202: the outcome of each of its events, in order. ACCEPTED means: not applied yet.")
            .Allow(Callers.PeopleAndPartners, Roles.Loyalty, Roles.LoyaltyEvent);
    }
}
