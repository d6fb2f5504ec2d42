using System.ComponentModel.DataAnnotations;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Loyalty.Campaigns;

/// <summary>A coupon with a price is bought from the wallet, by the member or at a till.</summary>
internal sealed class BuyCoupon(JoinIndexes joins) : EntryHandler<BuyCoupon.Body>
{
    private const string CampaignId = "[a-zA-Z0-9_-]{1,64}";
    private const string AccountId = "[a-zA-Z0-9._-]{3,64}";
    private const string StateId = "[a-zA-Z0-9_-]{1,32}";
    private const string RequestKey = "[a-zA-Z0-9._:-]{1,128}";

    /// <param name="State">Which offer; needed only where the campaign has several.</param>
    [EntryKind("campaign.buy")]
    internal sealed record Body(string Campaign, string? State);

    /// <param name="state">Which offer, where the campaign has several.</param>
    /// <param name="key">A repeat with the same key buys nothing more and is answered with the same coupon.</param>
    public static Task<Results<Ok<BoughtCoupon>, ProblemHttpResult>> Mine(
        [RegularExpression(CampaignId)] string campaign, Caller caller, CampaignCommands commands, CouponStore coupons, TimeProvider time,
        CancellationToken cancellationToken, [RegularExpression(StateId)] string? state = null,
        [FromHeader(Name = "Idempotency-Key"), RegularExpression(RequestKey)] string? key = null) =>
        BuyAsync(caller.Id, new Body(campaign, state), key, caller, commands, coupons, time, cancellationToken);

    /// <param name="state">Which offer, where the campaign has several.</param>
    /// <param name="key">A repeat with the same key buys nothing more and is answered with the same coupon.</param>
    public static Task<Results<Ok<BoughtCoupon>, ProblemHttpResult>> OfAccount(
        [RegularExpression(AccountId)] string account, [RegularExpression(CampaignId)] string campaign, Caller caller, CampaignCommands commands,
        CouponStore coupons, TimeProvider time, CancellationToken cancellationToken, [RegularExpression(StateId)] string? state = null,
        [FromHeader(Name = "Idempotency-Key"), RegularExpression(RequestKey)] string? key = null) =>
        BuyAsync(account, new Body(campaign, state), key, caller, commands, coupons, time, cancellationToken);

    private static async Task<Results<Ok<BoughtCoupon>, ProblemHttpResult>> BuyAsync(
        string account, Body body, string? key, Caller caller, CampaignCommands commands, CouponStore coupons, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var entry = key is null
            ? NewEntry.Once(caller.Tenant, body, now, account)
            : NewEntry.Of(caller.Tenant, $"{caller.IsPerson} {caller.Id} {account} {body.Campaign} {body.State} {key}", body, now, account);
        if (await commands.DecideAsync(entry with { Sender = caller.AsSender() }) is { } problem)
            return problem;
        return await coupons.FindBoughtAsync(Key.Of(caller.Tenant, account), entry.Id, cancellationToken) is { } bought
            ? TypedResults.Ok(new BoughtCoupon(bought.Code, bought.Account, bought.Campaign, bought.State, bought.ValidTo, bought.Data))
            : Problems.NotFound("coupon_not_found", "The coupon was bought, and is gone by now.");
    }

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Account(entry.Tenant, entry.Subject!);

    protected override async Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        pass.Concerns(entry.Subject!);
        if (pass.Account(entry.Tenant, entry.Subject!) is not { } account
            || MemberWalks.Memberships(pass, account.Key).FirstOrDefault(walk => walk.Campaign == body.Campaign) is not { } walk)
            throw new EntryRejectedException(404, "not_in_campaign", $"The account is not in a campaign {body.Campaign}.");
        var campaign = pass.StartedCampaign(entry.Tenant, body.Campaign);
        CouponStateDefinition[] offers = campaign?.IsLiveAt(pass.Now) == true ? [.. OffersTo(campaign.Definition, walk).Where(offer => body.State is null || offer.Id == body.State)] : [];
        if (offers is not [var offer])
            throw offers.Length == 0
                ? new EntryRejectedException(409, "no_coupon_offered", $"Campaign {body.Campaign} offers the account no such coupon now.")
                : new EntryRejectedException(409, "several_offered", $"Say which, by its state: {string.Join(", ", offers.Select(one => one.Id))}.");
        account = await pass.SpendAsync(account, offer.Price!.Value);
        var walks = new MemberWalks(joins, pass, account);
        await walks.MoveAsync(walk, new WalkTrigger.CouponBought(offer.Id));
        await walks.SettleAsync();
    }

    /// <summary>The coupons that a member may buy now: of the state in which the walk waits, and of those it has gone on from. Pure.</summary>
    public static IEnumerable<CouponStateDefinition> OffersTo(CampaignDefinition campaign, Membership walk) => !walk.IsOpen ? [] :
        campaign.States.OfType<CouponStateDefinition>().Where(state => state.Price is not null
            && (walk.Offers.Contains(state.Id) || state.Waits && walk is { IsArmed: true, Coupon: null } && walk.State == state.Id));
}

/// <summary>A coupon that was bought.</summary>
/// <param name="Coupon">Its code.</param>
/// <param name="ValidTo">Absent: it does not expire by itself.</param>
internal sealed record BoughtCoupon(string Coupon, string Account, string Campaign, string State, DateTimeOffset? ValidTo, CouponData? Data);
