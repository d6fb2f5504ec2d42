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
    public static async Task<Results<Ok<IReadOnlyList<Outcome>>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9._:-]{1,128}")] string request, Caller caller, RequestStore requests, InboxStore inbox,
        CancellationToken cancellationToken)
    {
        if (await requests.FindAsync(caller.Tenant, request, cancellationToken) is not { } known)
            return Problems.NotFound("request_not_found", $"There is no request {request}.");
        if (known.Answer is { } answer)
            return TypedResults.Ok<IReadOnlyList<Outcome>>(answer);
        var ids = known.Items.Where(item => item.Problem is null).Select(item => Key.Of(caller.Tenant, item.EventId!)).ToArray();
        var entries = await inbox.FindAsync(ids, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<Outcome>>([.. known.Items.Select(item => OutcomeOf(item, caller.Tenant, entries))]);
    }

    private static Outcome OutcomeOf(RequestItem item, string tenant, Dictionary<string, InboxEntry> entries) =>
        item.Problem is { } problem ? Outcome.Rejected(problem, item.EventId)
        : entries.GetValueOrDefault(Key.Of(tenant, item.EventId!)) is { State: EntryState.Done, Outcome: { } outcome } ? outcome
        : new Outcome { Status = OutcomeStatus.Accepted, EventId = item.EventId };
}
