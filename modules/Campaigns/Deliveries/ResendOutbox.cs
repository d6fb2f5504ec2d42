using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Loyalty.Outbox;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>An operator has a dead letter sent again.</summary>
internal static class ResendOutbox
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        [RegularExpression("[0-9a-f]{32}")] string id, Caller caller, IOutbox outbox, CancellationToken cancellationToken)
    {
        if (await outbox.FindAsync(caller.Tenant, id, cancellationToken) is not { } item)
            return Problems.NotFound("outbox_item_not_found", $"Nothing called {id} has gone out.");
        if (item.Subject.Length == 0 || !await outbox.ResendAsync(id, cancellationToken))
            return Problems.Of(StatusCodes.Status409Conflict, "not_dead", "Only what is DEAD, of an account that is not erased, can be sent again.");
        return TypedResults.NoContent();
    }
}
