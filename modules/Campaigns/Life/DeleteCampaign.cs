using System.ComponentModel.DataAnnotations;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Events.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>
/// Deletes a campaign, whatever its status: from that moment nobody sees it; then a chain of entries removes what members have of it.
/// What statistics have counted stays.
/// </summary>
internal static class DeleteCampaign
{
    /// <summary>Campaigns, memberships and coupons that are removed.</summary>
    public sealed record Answer(int Campaigns, long Memberships, long Coupons);

    /// <summary>Note: deleted, nothing of it changes any more but by the chain, so it is counted before that begins.</summary>
    public static async Task<Results<Ok<Answer>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, Caller caller, CampaignCalls calls, CampaignStore campaigns, MembershipStore memberships,
        CouponStore coupons, IInbox inbox)
    {
        if (await calls.SendAsync(caller.Tenant, CampaignEntries.Delete, null, new CampaignEntries.CampaignBody(campaign)) is { } problem)
            return problem;
        var answer = new Answer(
            1, await memberships.CountAsync(caller.Tenant, campaign, CancellationToken.None), await coupons.CountAsync(caller.Tenant, campaign, CancellationToken.None));
        if (await campaigns.FindDeletedAsync(caller.Tenant, campaign, CancellationToken.None) is { } deleted)
            await inbox.AppendAsync([Purge(deleted)], CancellationToken.None);
        return TypedResults.Ok(answer);
    }

    public static NewEntry Purge(Campaign campaign) => Purge(campaign.Tenant, campaign.DeletedAt!.Value, new CampaignEntries.ChainBody(
        campaign.Id, $"{campaign.Id}:{campaign.DeletedAt.Value.ToUnixTimeMilliseconds()}", 0));

    public static void Decide(Pass pass, Entry entry, CampaignEntries.CampaignBody body)
    {
        var campaigns = pass.Documents<Campaign>();
        if (campaigns.Find(Key.Of(entry.Tenant, body.Campaign)) is not { Status: not CampaignStatus.Deleted } campaign)
            throw new EntryRejectedException(404, "campaign_not_found", $"There is no campaign {body.Campaign}.");
        campaigns.Put(campaign with { Status = CampaignStatus.Deleted, DeletedAt = entry.AcceptedAt, Birthday = null, Samples = null, UpTo = null });
    }

    public static void Purge(Pass pass, Entry entry, CampaignEntries.ChainBody body)
    {
        var campaigns = pass.Documents<Campaign>();
        var key = Key.Of(entry.Tenant, body.Campaign);
        if (campaigns.Find(key) is not { Status: CampaignStatus.Deleted, ExpireAt: null } campaign)
            return;
        var expireAt = entry.AcceptedAt + AccountErased.TombstonesStay;
        var ids = pass.Held<MemberBatches>().Of(entry.Id);
        foreach (var id in ids)
            if (pass.Account(entry.Tenant, id) is { } account)
                Purge(pass, account, body.Campaign, expireAt);
        var goesOn = ids.Count == MemberBatches.Size;
        campaigns.Put(campaign with { UpTo = goesOn ? ids[^1] : null, ExpireAt = goesOn ? null : expireAt });
        if (goesOn)
            pass.Append(Purge(entry.Tenant, entry.AcceptedAt, body with { Step = body.Step + 1 }));
    }

    private static NewEntry Purge(string tenant, DateTimeOffset at, CampaignEntries.ChainBody body) =>
        NewEntry.Internal(tenant, $"purge:{body.Chain}:{body.Step}", CampaignEntries.Purge, null, at, body);

    private static void Purge(Pass pass, Account account, string campaign, DateTimeOffset expireAt)
    {
        foreach (var walk in MemberWalks.Memberships(pass, account.Key).Where(walk => walk.Campaign == campaign))
            pass.Documents<Membership>().Put(walk.Erased(expireAt));
        Coupon[] given = [.. pass.Documents<Coupon>().Of(account.Key).Where(coupon => coupon.Campaign == campaign && coupon.ExpireAt is null)];
        foreach (var coupon in given)
            pass.Documents<Coupon>().Put(coupon.Erased(expireAt));
        pass.Change(account, known => known with
        {
            Campaigns = [.. known.Campaigns.Where(position => position.Id != campaign)],
            Coupons = known.Coupons.Without(given.Select(coupon => coupon.Code)),
        });
    }
}
