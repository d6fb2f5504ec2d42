using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Loyalty.Campaigns.Contracts;
using Loyalty.Events.Contracts;
using Loyalty.Web;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Stats;

/// <summary>An operator has a campaign's figures counted anew from its facts: a chain of entries, each setting some days, the last one the total.</summary>
internal static class RebuildFigures
{
    public const string Kind = "stats.rebuild";

    /// <param name="Run">Which rebuild the entry belongs to.</param>
    /// <param name="From">Where this entry's stretch of days begins; null: at the first day there is.</param>
    public sealed record Body(string Campaign, string Run, DateOnly? From);

    public static NewEntry EntryOf(string tenant, Body body, DateTimeOffset at) =>
        NewEntry.Internal(tenant, $"stats-rebuild:{body.Run}:{body.From:yyyy-MM-dd}", Kind, null, at, body);

    public static async Task<Results<Accepted, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, Caller caller, ICampaignCatalogue campaigns, IInbox inbox, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!await campaigns.ExistsAsync(caller.Tenant, campaign, cancellationToken))
            return Problems.NotFound("campaign_not_found", $"There is no campaign {campaign}.");
        var entry = EntryOf(caller.Tenant, new Body(campaign, $"{Guid.NewGuid():N}", null), time.GetUtcNow());
        return (await inbox.PostAsync([entry], CancellationToken.None))[0].Problem is { } problem
            ? problem.ToResult()
            : TypedResults.Accepted($"/api/stats/campaign/global?name={campaign}");
    }
}

/// <summary>Goes on with a rebuild. What this entry's stretch of days comes to is set when the pass's own facts are known.</summary>
internal sealed class OnRebuild : INotificationHandler<EventHappened>
{
    public Task Handle(EventHappened notification, CancellationToken cancellationToken)
    {
        var (pass, entry) = notification;
        if (entry.Kind == RebuildFigures.Kind && pass.Held<Rebuilds>().ByEntry.GetValueOrDefault(entry.Id)?.Next is { } next)
            pass.Append(RebuildFigures.EntryOf(entry.Tenant, entry.Read<RebuildFigures.Body>() with { From = next }, entry.AcceptedAt));
        return Task.CompletedTask;
    }
}
