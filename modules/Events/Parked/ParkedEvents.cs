using Loyalty.Auth;
using Loyalty.Events.Contracts;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Events;

/// <summary>Events that could not be decided because of a fault: an operator sees them, and has them retried or discarded.</summary>
internal static class ParkedEvents
{
    private const int Most = 1000;

    public static async Task<Ok<IReadOnlyList<ParkedEvent>>> List(Caller caller, InboxStore inbox, CancellationToken cancellationToken)
    {
        var parked = await inbox.ParkedAsync(caller.Tenant, Most, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ParkedEvent>>(
            [.. parked.Select(entry => new ParkedEvent(entry.EventId, entry.Kind, entry.Account, entry.At, entry.AcceptedAt, entry.Error ?? ""))]);
    }

    public static Task<Results<NoContent, ProblemHttpResult>> Retry(string eventId, Caller caller, IInbox inbox, TimeProvider time) =>
        RuleAsync(ParkedRuling.Retry, eventId, caller, inbox, time);

    public static Task<Results<NoContent, ProblemHttpResult>> Discard(string eventId, Caller caller, IInbox inbox, TimeProvider time) =>
        RuleAsync(ParkedRuling.Discard, eventId, caller, inbox, time);

    private static async Task<Results<NoContent, ProblemHttpResult>> RuleAsync(string ruling, string eventId, Caller caller, IInbox inbox, TimeProvider time)
    {
        var entry = NewEntry.Internal(caller.Tenant, $"{ruling}:{Guid.NewGuid():N}", ruling, null, time.GetUtcNow(), new ParkedRuling(eventId));
        var outcome = (await inbox.PostAsync([entry], CancellationToken.None))[0];
        return outcome.Problem is { } problem ? Problems.Of(problem.Status, problem.Code, problem.Detail) : TypedResults.NoContent();
    }
}

/// <summary>An event that could not be decided. Later events of the same account wait behind it.</summary>
/// <param name="Error">What went wrong.</param>
internal sealed record ParkedEvent(string EventId, string Kind, string? Account, DateTimeOffset At, DateTimeOffset AcceptedAt, string Error);
