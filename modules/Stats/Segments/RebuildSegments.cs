using Loyalty.Auth;
using Loyalty.Events.Contracts;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Stats;

/// <summary>An operator has the days of the tenant's segments counted anew from its facts: a chain of entries, each setting some days.</summary>
internal static class RebuildSegments
{
    public const string Kind = "stats.rebuild-segments";

    /// <param name="Run">Which rebuild the entry belongs to.</param>
    /// <param name="From">Where this entry's stretch of days begins; null: at the first day there is.</param>
    public sealed record Body(string Run, DateOnly? From);

    public static NewEntry EntryOf(string tenant, Body body, DateTimeOffset at) =>
        NewEntry.Internal(tenant, $"segments-rebuild:{body.Run}:{body.From:yyyy-MM-dd}", Kind, null, at, body);

    public static async Task<Results<Accepted, ProblemHttpResult>> Handle(Caller caller, IInbox inbox, TimeProvider time)
    {
        var entry = EntryOf(caller.Tenant, new Body($"{Guid.NewGuid():N}", null), time.GetUtcNow());
        return (await inbox.PostAsync([entry], CancellationToken.None))[0].Problem is { } problem
            ? problem.ToResult()
            : TypedResults.Accepted("/api/stats/segments");
    }
}

/// <summary>Goes on with a rebuild. What this entry's stretch of days comes to is set when the pass's own moves are known.</summary>
internal sealed class OnRebuildSegments : INotificationHandler<EventHappened>
{
    public Task Handle(EventHappened notification, CancellationToken cancellationToken)
    {
        var (pass, entry) = notification;
        if (entry.Kind == RebuildSegments.Kind && pass.Held<Rebuilds>().OfSegmentsByEntry.GetValueOrDefault(entry.Id)?.Next is { } next)
            pass.Append(RebuildSegments.EntryOf(entry.Tenant, entry.Read<RebuildSegments.Body>() with { From = next }, entry.AcceptedAt));
        return Task.CompletedTask;
    }
}
