using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Loyalty.Events.Contracts;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Events;

/// <summary>What has become of the events of a batch that was answered before they were applied.</summary>
internal static class GetOutcomes
{
    public static async Task<Results<Ok<IReadOnlyList<EventOutcome>>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9._:-]{1,128}")] string request, Caller caller, RequestStore requests, IOutcomes outcomes,
        CancellationToken cancellationToken) =>
        await requests.FindAsync(RequestRecord.KeyOf(caller.Tenant, caller.Id, request), cancellationToken) is { } known
            ? TypedResults.Ok(await ReadAsync(known, outcomes, cancellationToken))
            : Problems.NotFound("request_not_found", $"There is no request {request} of yours.");

    /// <summary>The outcomes of a batch as they are by now, in its order.</summary>
    public static async Task<IReadOnlyList<EventOutcome>> ReadAsync(RequestRecord request, IOutcomes outcomes, CancellationToken cancellationToken)
    {
        var found = await outcomes.FindAsync([.. request.Items.Select(item => item.Entry).OfType<string>()], cancellationToken);
        return [.. request.Items.Select(item => OutcomeOf(item, found))];
    }

    private static EventOutcome OutcomeOf(RequestItem item, IReadOnlyDictionary<string, Outcome> found)
    {
        if (item.Problem is { } problem)
            return EventOutcome.Rejected(problem, null);
        var outcome = found.GetValueOrDefault(item.Entry!) ?? Outcome.Accepted(null);
        return EventOutcome.Of(item.WasDuplicate ? outcome.Repeated() : outcome);
    }
}
