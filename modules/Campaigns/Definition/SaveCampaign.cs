using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using MongoDB.Bson;

namespace Loyalty.Campaigns;

/// <summary>Creates a campaign, or changes it as far as it may still be changed.</summary>
internal sealed class SaveCampaign : EntryHandler<SaveCampaign.Body>
{
    private const long Any = -1;

    /// <param name="ExpectedVersion">The version that the writer has read; 0 where there must be none yet, -1 where there must be any.</param>
    [EntryKind("campaign.save")]
    internal sealed record Body(CampaignDefinition Definition, long? ExpectedVersion);

    /// <param name="ifMatch">The ETag that was read: the campaign is changed only if it is still the one. <c>*</c>: only if there is one.</param>
    /// <param name="ifNoneMatch"><c>*</c>: the campaign is created only if there is none of its id.</param>
    public static async Task<Results<Ok<CampaignAnswer>, ProblemHttpResult>> Post(
        CampaignDefinition definition, Caller caller, CampaignCommands commands, HttpResponse response, CancellationToken cancellationToken,
        [FromHeader(Name = "If-Match")] string? ifMatch = null, [FromHeader(Name = "If-None-Match")] string? ifNoneMatch = null)
    {
        if (ifNoneMatch is not (null or "*"))
            return Problems.Validation("If-None-Match", "Only * is understood here: create the campaign if there is none of its id.");
        if (!IsVersion(ifMatch, out var version))
            return Problems.PreconditionFailed("version_mismatch", $"{ifMatch} is no ETag of a campaign: send the one that you have read, such as \"3\".");
        if (ifNoneMatch is not null && (version ?? definition.Version) is not null)
            return Problems.Validation("If-None-Match", "If-None-Match does not go together with If-Match or a version.");
        if (version is not (null or Any) && definition.Version is { } read && read != version)
            return Problems.Validation("version", $"The body says version {read}, If-Match {version}: they must be the same.");
        var expected = ifNoneMatch is not null ? 0 : version is null or Any ? definition.Version ?? version : version;
        await commands.RecordAsync(caller, "campaign.save", definition.Id, definition, cancellationToken);
        return await commands.DecideAsync(caller, definition.Id, new Body(definition with { Version = null }, expected), response, cancellationToken);
    }

    /// <param name="ifMatch">The ETag that was read: the campaign is changed only if it is still the one. <c>*</c>: only if there is one.</param>
    /// <param name="ifNoneMatch"><c>*</c>: the campaign is created only if there is none of its id.</param>
    public static async Task<Results<Ok<CampaignAnswer>, ProblemHttpResult>> Put(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, CampaignDefinition definition, Caller caller, CampaignCommands commands,
        HttpResponse response, CancellationToken cancellationToken, [FromHeader(Name = "If-Match")] string? ifMatch = null, [FromHeader(Name = "If-None-Match")] string? ifNoneMatch = null) =>
        campaign == definition.Id
            ? await Post(definition, caller, commands, response, cancellationToken, ifMatch, ifNoneMatch)
            : Problems.Validation("id", $"The body says {definition.Id}, the path {campaign}: they must be the same.");

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Campaign(entry.Tenant, body.Definition.Id);

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        var saved = Decide(pass.Find<Campaign>(Key.Of(entry.Tenant, body.Definition.Id)), entry.Tenant, body, entry.AcceptedAt);
        pass.Put(saved);
        pass.Additions<CampaignVersion>().Add(CampaignVersion.Of(saved, entry));
        return Task.CompletedTask;
    }

    /// <summary>The decision. Pure.</summary>
    public static Campaign Decide(Campaign? known, string tenant, Body body, DateTimeOffset now)
    {
        var definition = body.Definition;
        if (known is { Status: CampaignStatus.Deleted, PurgedAt: null })
            throw new EntryRejectedException(409, "campaign_being_deleted", $"Campaign {definition.Id} is being deleted; try again when that is done.");
        var exists = known is { Status: not CampaignStatus.Deleted };
        if (body.ExpectedVersion is { } expected && (expected == Any ? !exists : expected != (exists ? known!.Version : 0)))
            throw new EntryRejectedException(412, "version_mismatch", exists && expected == 0 ? $"There is a campaign {definition.Id} already, at version {known!.Version}."
                : exists
                ? $"Campaign {definition.Id} is at version {known!.Version}, not at the one that you have read. Read it again and repeat your change."
                : $"There is no campaign {definition.Id} yet, or no more.");
        if (!exists)
            return new Campaign { Key = Key.Of(tenant, definition.Id), Tenant = tenant, Definition = definition, Version = (known?.Version ?? 0) + 1, Life = known is null ? 0 : known.Life + 1 };
        if (known!.Status == CampaignStatus.Finalized)
            throw new EntryRejectedException(409, "campaign_finalized", $"Campaign {definition.Id} is over and cannot be changed.");
        if (known.Status != CampaignStatus.Draft && !OnlyOpenFieldsDiffer(known.Definition, definition))
            throw new EntryRejectedException(409, "campaign_started", $"Campaign {definition.Id} is initialized: only name, notifications, activeTo and limits may still change.");
        if (known.Status != CampaignStatus.Draft && definition.ActiveTo <= now && definition.ActiveTo != known.Definition.ActiveTo)
            throw new EntryRejectedException(409, "active_to_in_past", $"activeTo lies in the past. To end campaign {definition.Id} now, finalize it.");
        if (definition.Limits?.Joins < known.Cnt && known.Status != CampaignStatus.Draft)
            throw new EntryRejectedException(409, "limit_below_used", $"{known.Cnt} have joined campaign {definition.Id} already: limits.joins cannot be less.");
        if (definition.Limits?.Coupons < known.CouponsGiven)
            throw new EntryRejectedException(409, "limit_below_used", $"Campaign {definition.Id} has given {known.CouponsGiven} coupons already: limits.coupons cannot be less.");
        return (known with { Definition = definition, Version = known.Version + 1 }).WithFullness(now);
    }

    private static bool IsVersion(string? tag, out long? version)
    {
        version = null;
        if (tag is null)
            return true;
        version = tag == "*" ? Any : long.TryParse(tag.Replace("W/", "", StringComparison.Ordinal).Trim('"'), out var number) && number > 0 ? number : null;
        return version is not null;
    }

    /// <summary>Note: definitions hold lists, so they are compared as they are stored.</summary>
    private static bool OnlyOpenFieldsDiffer(CampaignDefinition known, CampaignDefinition wanted) =>
        known.ToBsonDocument() == (wanted with { Name = known.Name, Notifications = known.Notifications, ActiveTo = known.ActiveTo, Limits = known.Limits }).ToBsonDocument();
}
