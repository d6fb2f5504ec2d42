using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>An operator has a dead letter sent again.</summary>
internal static class ResendOutbox
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        [RegularExpression("[0-9a-f]{32}")] string id, Caller caller, OutboxStore store, OutboxSignal signal, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(caller.Tenant, id, cancellationToken) is not { } item)
            return Problems.NotFound("outbox_item_not_found", $"Nothing called {id} has gone out.");
        if (item.Account.Length == 0 || !await store.ResendAsync(id, cancellationToken))
            return Problems.Of(StatusCodes.Status409Conflict, "not_dead", "Only what is DEAD, of an account that is not erased, can be sent again.");
        signal.Raise();
        return TypedResults.NoContent();
    }
}
