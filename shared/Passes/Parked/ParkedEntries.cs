using Loyalty.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Passes.Parked;

/// <summary>Entries that could not be decided because of a fault: an operator sees them, and has them retried or discarded.</summary>
internal static class ParkedEntries
{
    private const int Most = 1000;

    public static async Task<Ok<IReadOnlyList<ParkedAnswer>>> List(Caller caller, InboxStore inbox, CancellationToken cancellationToken)
    {
        var parked = await inbox.ParkedAsync(caller.Tenant, Most, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ParkedAnswer>>(
            [.. parked.Select(entry => new ParkedAnswer(entry.EventId, entry.Kind, entry.Subject, entry.At, entry.AcceptedAt, entry.Error ?? ""))]);
    }

    public static Task<Results<NoContent, ProblemHttpResult>> Retry(
        string eventId, Caller caller, IInbox inbox, AuditLog audit, TimeProvider time, CancellationToken cancellationToken) =>
        DecideAsync(caller, "event.retry", eventId, new RetryParked.Body(eventId), inbox, audit, time, cancellationToken);

    public static Task<Results<NoContent, ProblemHttpResult>> Discard(
        string eventId, Caller caller, IInbox inbox, AuditLog audit, TimeProvider time, CancellationToken cancellationToken) =>
        DecideAsync(caller, "event.discard", eventId, new DiscardParked.Body(eventId), inbox, audit, time, cancellationToken);

    /// <summary>Note: the audit log has the hash of the event's id, because a caller may have put a name into the id.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> DecideAsync(
        Caller caller, string action, string eventId, object body, IInbox inbox, AuditLog audit, TimeProvider time, CancellationToken cancellationToken)
    {
        await audit.RecordAsync(caller, caller.Tenant, action, CauseId.Of(eventId), [], cancellationToken);
        return await inbox.DecideAsync(NewEntry.Once(caller.Tenant, body, time.GetUtcNow())) is { } problem ? problem : TypedResults.NoContent();
    }
}

/// <summary>An entry that could not be decided. Later entries that share its account, card or order wait behind it.</summary>
/// <param name="EventId">The id to retry or discard it by.</param>
/// <param name="Kind">What it is, such as <c>ORDER</c>.</param>
/// <param name="Account">Whom it concerns, where that is known.</param>
/// <param name="Error">What went wrong.</param>
internal sealed record ParkedAnswer(string EventId, string Kind, string? Account, DateTimeOffset At, DateTimeOffset AcceptedAt, string Error);
