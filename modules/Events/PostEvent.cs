using System.Text.Json;
using Loyalty.Auth;
using Loyalty.Events.Contracts;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Events;

/// <summary>Takes a batch of events into the inbox and answers what became of each.</summary>
internal static class PostEvent
{
    private const int MaxEvents = 500;

    public static async Task<Results<Ok<IReadOnlyList<Outcome>>, Accepted<IReadOnlyList<Outcome>>, ProblemHttpResult>> Handle(
        HttpRequest request, Caller caller, EventReader reader, IInbox inbox, CancellationToken cancellationToken)
    {
        using var body = await ReadAsync(request, cancellationToken);
        if (body.RootElement.ValueKind != JsonValueKind.Array || body.RootElement.GetArrayLength() is < 1 or > MaxEvents)
            return Problems.Validation("$", $"The body is an array of 1 to {MaxEvents} events.");
        var read = new List<ReadEvent>(body.RootElement.GetArrayLength());
        foreach (var element in body.RootElement.EnumerateArray())
            read.Add(await reader.ReadAsync(element, caller, cancellationToken));
        // Note: once the events are durable the caller's going away changes nothing, so it does not stop the append either.
        var decided = await inbox.PostAsync([.. read.Select(item => item.Entry).OfType<NewEntry>()], CancellationToken.None);
        IReadOnlyList<Outcome> outcomes = Merge(read, decided);
        return outcomes.Any(outcome => outcome.Status == OutcomeStatus.Accepted)
            ? TypedResults.Accepted((string?)null, outcomes)
            : TypedResults.Ok(outcomes);
    }

    private static async Task<JsonDocument> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
        }
        catch (JsonException error)
        {
            throw new BadHttpRequestException("The body is no JSON.", error);
        }
    }

    private static List<Outcome> Merge(IReadOnlyList<ReadEvent> read, IReadOnlyList<Outcome> decided)
    {
        var next = 0;
        return [.. read.Select(item => item.Problem is { } problem ? Outcome.Rejected(problem, item.EventId) : decided[next++])];
    }
}
