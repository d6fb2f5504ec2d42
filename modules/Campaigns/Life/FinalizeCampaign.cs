using System.ComponentModel.DataAnnotations;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Campaigns.Contracts;
using Loyalty.Events.Contracts;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>
/// Ends a campaign, by hand or at <c>activeTo</c>. From that moment nothing moves in it; then a chain of entries ends the walks that are
/// open and makes coupons void that are not used.
/// </summary>
internal static class FinalizeCampaign
{
    public static Task<Results<Ok<CampaignAnswer>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, Caller caller, CampaignCalls calls, HttpResponse response,
        CancellationToken cancellationToken) => calls.PostAsync(
            caller.Tenant, campaign, CampaignEntries.Finalize, new CampaignEntries.CampaignBody(campaign), response, cancellationToken);

    public static void Decide(Pass pass, Entry entry, CampaignEntries.CampaignBody body)
    {
        var campaigns = pass.Documents<Campaign>();
        if (campaigns.Find(Key.Of(entry.Tenant, body.Campaign)) is not { Status: not CampaignStatus.Deleted } campaign)
            throw new EntryRejectedException(404, "campaign_not_found", $"There is no campaign {body.Campaign}.");
        if (campaign.Status == CampaignStatus.Draft)
            throw new EntryRejectedException(409, "campaign_not_initialized", $"Campaign {body.Campaign} has not been initialized, so there is nothing to end.");
        if (campaign.Status == CampaignStatus.Finalized || IsForAnotherEnd(campaign, entry))
            return;
        campaigns.Put(campaign with { Status = CampaignStatus.Finalized, Birthday = null, UpTo = null });
        pass.Append(Next(entry, new CampaignEntries.ChainBody(campaign.Id, $"{entry.Position}", 0)));
    }

    public static async Task CloseAsync(Pass pass, Entry entry, CampaignEntries.ChainBody body, IMediator mediator)
    {
        var campaigns = pass.Documents<Campaign>();
        if (campaigns.Find(Key.Of(entry.Tenant, body.Campaign)) is not { Status: CampaignStatus.Finalized } campaign)
            return;
        var ids = pass.Held<MemberBatches>().Of(entry.Id);
        foreach (var id in ids)
            if (pass.Account(entry.Tenant, id) is { } account)
                await CloseAsync(pass, entry, account, body.Campaign, mediator);
        var goesOn = ids.Count == MemberBatches.Size;
        campaigns.Put(campaign with { UpTo = goesOn ? ids[^1] : null });
        if (goesOn)
            pass.Append(Next(entry, body with { Step = body.Step + 1 }));
    }

    private static async Task CloseAsync(Pass pass, Entry entry, Account account, string campaign, IMediator mediator)
    {
        foreach (var walk in MemberWalks.Memberships(pass, account.Key).Where(walk => walk.Campaign == campaign && walk.End is null))
        {
            pass.Documents<Membership>().Put(walk with { End = WalkEnd.Finalized, EndedAt = entry.AcceptedAt, IsArmed = false });
            await mediator.Publish(new CampaignFact(pass, CampaignFactKind.Left, campaign, null, account.Incarnation, null, entry.AcceptedAt));
        }
        Coupon[] unused = [.. pass.Documents<Coupon>().Of(account.Key).Where(coupon => coupon.Campaign == campaign && coupon.Status == CouponStatus.Open)];
        foreach (var coupon in unused)
            pass.Documents<Coupon>().Put(coupon with { Status = CouponStatus.Void });
        pass.Change(account, known => known with
        {
            Campaigns = [.. known.Campaigns.Where(position => position.Id != campaign)],
            Coupons = known.Coupons.Without(unused.Select(coupon => coupon.Code)),
        });
    }

    /// <summary>Note: an end that was due may have been moved away since.</summary>
    private static bool IsForAnotherEnd(Campaign campaign, Entry entry) =>
        entry.EventId.StartsWith("~end:", StringComparison.Ordinal) && !(campaign.Definition.ActiveTo <= entry.AcceptedAt);

    private static NewEntry Next(Entry cause, CampaignEntries.ChainBody body) => NewEntry.Internal(
        cause.Tenant, $"close:{body.Chain}:{body.Step}", CampaignEntries.Close, null, cause.AcceptedAt, body);
}
