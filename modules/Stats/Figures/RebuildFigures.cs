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

    /// <param name="From">Where this entry's stretch of days begins; null: at the first day there is.</param>
    public sealed record Body(string Campaign, DateOnly? From, int Step);

    public static async Task<Results<Accepted, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, Caller caller, ICampaignCatalogue campaigns, IInbox inbox, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!await campaigns.ExistsAsync(caller.Tenant, campaign, cancellationToken))
            return Problems.NotFound("campaign_not_found", $"There is no campaign {campaign}.");
        var entry = NewEntry.Internal(caller.Tenant, $"stats-rebuild:{Guid.NewGuid():N}", Kind, null, time.GetUtcNow(), new Body(campaign, null, 0));
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
        {
            var body = entry.Read<RebuildFigures.Body>();
            pass.Append(NewEntry.Internal(
                entry.Tenant, $"stats-rebuild:{entry.Id}:{next:yyyy-MM-dd}", RebuildFigures.Kind, null, entry.AcceptedAt, body with { From = next, Step = body.Step + 1 }));
        }
        return Task.CompletedTask;
    }
}
