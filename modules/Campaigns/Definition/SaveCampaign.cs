using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Loyalty.Events.Contracts;
using Loyalty.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using MongoDB.Bson;

namespace Loyalty.Campaigns;

/// <summary>Creates a campaign, or changes it as far as it may still be changed.</summary>
internal static class SaveCampaign
{
    public static Task<Results<Ok<CampaignAnswer>, ProblemHttpResult>> Post(
        CampaignDefinition definition, Caller caller, CampaignCalls calls, CancellationToken cancellationToken) =>
        calls.PostAsync(caller.Tenant, definition.Id, CampaignEntries.Save, new CampaignEntries.SaveBody(definition, null), cancellationToken);

    public static async Task<Results<Ok<CampaignAnswer>, ProblemHttpResult>> Put(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, CampaignDefinition definition, Caller caller, CampaignCalls calls,
        CancellationToken cancellationToken) =>
        campaign == definition.Id
            ? await Post(definition, caller, calls, cancellationToken)
            : Problems.Validation("id", $"The body says {definition.Id}, the path {campaign}: they must be the same.");

    /// <summary>The decision. Pure.</summary>
    public static Campaign Decide(Campaign? known, string tenant, CampaignEntries.SaveBody body)
    {
        var definition = body.Definition;
        if (body.ExpectedVersion is { } expected && expected != (known?.Version ?? 0))
            throw new EntryRejectedException(412, "version_mismatch", $"Campaign {definition.Id} has changed since you read it. Read it again and repeat your change.");
        if (known is null)
            return new Campaign { Key = Key.Of(tenant, definition.Id), Tenant = tenant, Definition = definition, Version = 1 };
        if (known.Status == CampaignStatus.Finalized)
            throw new EntryRejectedException(409, "campaign_finalized", $"Campaign {definition.Id} is over and cannot be changed.");
        if (known.Status != CampaignStatus.Draft && !OnlyOpenFieldsDiffer(known.Definition, definition))
            throw new EntryRejectedException(409, "campaign_started", $"Campaign {definition.Id} is initialized: only name, notifications and activeTo may still change.");
        return known with { Definition = definition, Version = known.Version + 1 };
    }

    /// <summary>Note: definitions hold lists, so they are compared as they are stored.</summary>
    private static bool OnlyOpenFieldsDiffer(CampaignDefinition known, CampaignDefinition wanted) =>
        known.ToBsonDocument() == (wanted with { Name = known.Name, Notifications = known.Notifications, ActiveTo = known.ActiveTo }).ToBsonDocument();
}
