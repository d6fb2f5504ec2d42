using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>Reads the definitions of a campaign that were saved.</summary>
internal static class GetVersions
{
    public static async Task<Results<Ok<IReadOnlyList<VersionAnswer>>, ProblemHttpResult>> List(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, Caller caller, CampaignStore store, VersionStore versions,
        CancellationToken cancellationToken)
    {
        if (await store.FindAsync(caller.Tenant, campaign, cancellationToken) is not { } found)
            return CampaignCommands.NotFound(campaign);
        var saved = await versions.OfAsync(found, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<VersionAnswer>>([.. saved.Select(VersionAnswer.Of)]);
    }

    public static async Task<Results<Ok<VersionAnswer>, ProblemHttpResult>> One(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, [Range(1, long.MaxValue)] long version, Caller caller, CampaignStore store,
        VersionStore versions, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(caller.Tenant, campaign, cancellationToken) is not { } found)
            return CampaignCommands.NotFound(campaign);
        return await versions.FindAsync(found, version, cancellationToken) is { } saved
            ? TypedResults.Ok(VersionAnswer.Of(saved))
            : Problems.NotFound("version_not_found", $"Campaign {campaign} has no version {version}.");
    }
}

/// <param name="SavedBy">The person or client that saved it.</param>
/// <param name="Definition">The campaign as it was saved: PUT takes it.</param>
internal sealed record VersionAnswer(long Version, DateTimeOffset SavedAt, string? SavedBy, CampaignDefinition Definition)
{
    public static VersionAnswer Of(CampaignVersion saved) => new(saved.Version, saved.SavedAt, saved.SavedBy, saved.Definition);
}
