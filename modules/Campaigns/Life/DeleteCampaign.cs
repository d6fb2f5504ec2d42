using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>
/// Deletes a campaign, whatever its status: from that moment nobody sees it; then a chain removes what members have of it. What statistics
/// have counted stays.
/// </summary>
internal sealed class DeleteCampaign : EntryHandler<DeleteCampaign.Body>
{
    [EntryKind("campaign.delete")]
    internal sealed record Body(string Campaign);

    /// <summary>Campaigns, memberships and coupons that are removed.</summary>
    public sealed record Answer(int Campaigns, long Memberships, long Coupons);

    public static async Task<Results<Ok<Answer>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, Caller caller, CampaignCommands commands, MembershipStore memberships, CouponStore coupons,
        CancellationToken cancellationToken)
    {
        await commands.RecordAsync(caller, "campaign.delete", campaign, null, cancellationToken);
        // Note: counted before, because the removal begins at once.
        var answer = new Answer(
            1, await memberships.CountAsync(caller.Tenant, campaign, cancellationToken), await coupons.CountAsync(caller.Tenant, campaign, cancellationToken));
        return await commands.DecideAsync(caller, new Body(campaign)) is { } problem ? problem : TypedResults.Ok(answer);
    }

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Campaign(entry.Tenant, body.Campaign);

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        var campaign = pass.CampaignOrRefuse(body.Campaign);
        pass.Put(campaign with { Status = CampaignStatus.Deleted, DeletedAt = entry.AcceptedAt, Birthday = null, Samples = null });
        pass.Start(new PurgeCampaign.Body(campaign.Id));
        return Task.CompletedTask;
    }
}
