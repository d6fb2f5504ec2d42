using System.Security.Cryptography;
using Loyalty.Auth;
using Loyalty.Events.Contracts;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Events;

/// <summary>Takes a batch of events into the inbox and answers what became of each.</summary>
internal sealed class PostEvent(
    EventReader reader, IInbox inbox, IOutcomes stored, RequestStore requests, PassesOptions options, TimeProvider time)
{
    private const int MaxEvents = 500;
    private const string IdempotencyKey = "Idempotency-Key";

    public static Task<Results<Ok<IReadOnlyList<EventOutcome>>, Accepted<IReadOnlyList<EventOutcome>>, ProblemHttpResult>> Handle(
        HttpRequest request, Caller caller, PostEvent post, CancellationToken cancellationToken) => post.HandleAsync(request, caller, cancellationToken);

    private async Task<Results<Ok<IReadOnlyList<EventOutcome>>, Accepted<IReadOnlyList<EventOutcome>>, ProblemHttpResult>> HandleAsync(
        HttpRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var key = request.Headers[IdempotencyKey].ToString() is { Length: > 0 } given ? given : null;
        if (key is not null && !Patterns.IsEventId(key))
            return Problems.Validation(IdempotencyKey, "An Idempotency-Key is 1 to 128 of the characters a-z A-Z 0-9 . _ : -");
        var body = await JsonBytes.ReadAsync(request, cancellationToken);
        if (JsonInput.Items(body, MaxEvents, out var unreadable) is not { Count: >= 1 and <= MaxEvents } events)
            return unreadable?.ToProblem()
                ?? Problems.Validation("$", $"The body is an array of 1 to {MaxEvents} events.");
        var isAsync = request.Headers["Prefer"].Any(preference => preference?.Contains("respond-async", StringComparison.OrdinalIgnoreCase) == true);
        var name = key ?? Guid.NewGuid().ToString("N");
        var record = new RequestRecord
        {
            Key = RequestRecord.KeyOf(caller.Tenant, caller.Id, name),
            Body = Convert.ToHexString(SHA256.HashData(body.Span)),
            ExpireAt = time.GetUtcNow() + options.Retention,
        };
        var read = await ReadAsync(events, caller, CauseId.Of(record.Key), cancellationToken);
        record = record with { Items = [.. read.Select(item => new RequestItem(item.Entry?.Id, item.Problem))] };
        var first = key is null && !isAsync ? null : await requests.TryAddAsync(record, CancellationToken.None);
        if (first is not null && first.Body != record.Body)
            return Problems.UnprocessableEntity("idempotency_key_reused", $"The {IdempotencyKey} {key} was used with another body: use a new key for a new request.");
        if (first is { IsAnswered: true })
            return TypedResults.Ok(await GetOutcomes.ReadAsync(first, stored, cancellationToken));
        // Note: once the events are durable the caller's going away changes nothing, so it does not stop the append either.
        NewEntry[] entries = [.. read.Select(item => item.Entry).OfType<NewEntry>()];
        if (isAsync)
            await inbox.AppendAsync(entries, CancellationToken.None);
        var decided = isAsync ? [.. entries.Select(entry => Outcome.Accepted(entry.EventId))] : await inbox.PostAsync(entries, CancellationToken.None);
        var outcomes = Merge(read, decided, first is not null);
        if (outcomes.Any(outcome => outcome.Status == OutcomeStatus.Accepted))
        {
            if (key is null && !isAsync)
                await requests.TryAddAsync(record, CancellationToken.None);
            return TypedResults.Accepted($"{request.PathBase}/api/event/request/{name}", outcomes);
        }
        if (key is not null)
            await requests.AnswerAsync(
                record.Key, [.. record.Items.Select((item, index) => item with { WasDuplicate = outcomes[index].Status == OutcomeStatus.Duplicate })], CancellationToken.None);
        return TypedResults.Ok(outcomes);
    }

    private async Task<List<ReadEvent>> ReadAsync(
        IReadOnlyList<JsonItem> events, Caller caller, string name, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var read = new List<ReadEvent>(events.Count);
        foreach (var item in events)
            read.Add(await reader.ReadAsync(item, caller, EntryId.OfRequest(name, read.Count), now, cancellationToken));
        return read;
    }

    /// <param name="isRetry">
    /// The request was begun before, but its answer was lost: an event under an id that we gave is then its own first.
    /// </param>
    private static IReadOnlyList<EventOutcome> Merge(IReadOnlyList<ReadEvent> read, IReadOnlyList<Outcome> decided, bool isRetry)
    {
        var next = 0;
        return
        [
            .. read.Select(item => item.Problem is { } problem ? Outcome.Rejected(problem, item.EventId) : decided[next++])
                .Select(outcome => isRetry && outcome is { First: { } first, EventId: { } id } && EntryId.IsOfRequest(id) ? first : outcome)
                .Select(EventOutcome.Of),
        ];
    }
}
