using Loyalty.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>What an app needs to draw the member's walks.</summary>
internal static class GetMyCampaigns
{
    public static async Task<Ok<IReadOnlyList<MyCampaign>>> Handle(
        Caller caller, MembershipStore memberships, CampaignStore campaigns, CouponStore coupons, CancellationToken cancellationToken)
    {
        var walks = await memberships.OfAccountsAsync([Key.Of(caller.Tenant, caller.Id)], cancellationToken);
        var definitions = await campaigns.FindAsync(caller.Tenant, walks.Select(walk => walk.Campaign), cancellationToken);
        var given = await coupons.FindAsync(walks.Select(walk => walk.Coupon).OfType<string>().Select(code => Key.Of(caller.Tenant, code)), cancellationToken);
        IReadOnlyList<MyCampaign> mine =
        [
            .. walks.Where(walk => definitions.ContainsKey(walk.Campaign)).OrderByDescending(walk => walk.JoinedAt)
                .Select(walk => Describe(walk, definitions[walk.Campaign], walk.Coupon is { } code ? given.GetValueOrDefault(Key.Of(caller.Tenant, code)) : null)),
        ];
        return TypedResults.Ok(mine);
    }

    private static MyCampaign Describe(Membership walk, Campaign campaign, Coupon? coupon)
    {
        var state = campaign.Definition.State(walk.State);
        var shows = walk is { IsOpen: true, IsArmed: true };
        return new MyCampaign
        {
            Id = campaign.Id,
            Name = campaign.Definition.Name,
            State = walk.State,
            Kind = state switch
            {
                CouponStateDefinition => StateKind.Coupon,
                MessageStateDefinition => StateKind.Message,
                OrderStateDefinition => StateKind.Order,
                WalletStateDefinition => StateKind.Wallet,
                _ => StateKind.Account,
            },
            Waiting = walk.IsOpen && !walk.IsArmed,
            End = walk.End,
            Since = walk.Since,
            Until = coupon?.ValidTo ?? campaign.Definition.ActiveTo,
            Message = shows && state is MessageStateDefinition message ? new MyMessage(message.Title, message.Message, message.Image, message.Payload) : null,
            Coupon = shows && coupon is not null ? new MyCoupon(coupon.Code, coupon.ValidTo, coupon.Uses - coupon.UsedBy.Count, coupon.Data) : null,
            Progress = shows && state is OrderStateDefinition order ? new MyProgress(OrderProgress.Done(walk), order.Count) : null,
            Offers = BuyCoupon.OffersTo(campaign.Definition, walk).Select(offer => new MyOffer(offer.Id, offer.Price!.Value, offer.Data)).ToArray() is { Length: > 0 } offers ? offers : null,
        };
    }
}

internal enum StateKind
{
    Account,
    Coupon,
    Message,
    Order,
    Wallet,
}

/// <summary>Where the member stands in one campaign.</summary>
internal sealed record MyCampaign
{
    /// <summary>The campaign.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The state the walk is in, or was in when it ended.</summary>
    public required string State { get; init; }

    public required StateKind Kind { get; init; }

    /// <summary>True: the state has not taken effect yet, because its constraints do not hold.</summary>
    public bool Waiting { get; init; }

    /// <summary>How the walk ended: FINISHED, EXPIRED or FINALIZED. Absent while it goes on.</summary>
    public WalkEnd? End { get; init; }

    /// <summary>When the state was entered.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Until when what is shown is valid.</summary>
    public DateTimeOffset? Until { get; init; }

    public MyMessage? Message { get; init; }

    public MyCoupon? Coupon { get; init; }

    public MyProgress? Progress { get; init; }

    /// <summary>Coupons that can be bought from the wallet now; absent where there are none.</summary>
    public IReadOnlyList<MyOffer>? Offers { get; init; }
}

internal sealed record MyMessage(string Title, string Message, string? Image, IReadOnlyDictionary<string, string>? Payload);

/// <param name="UsesLeft">How often it may still be used.</param>
internal sealed record MyCoupon(string Coupon, DateTimeOffset? ValidTo, int UsesLeft, CouponData? Data);

/// <summary>2 of 5 orders, or items in them.</summary>
/// <param name="Done">What has counted.</param>
/// <param name="Of">What is wanted.</param>
internal sealed record MyProgress(decimal Done, int Of);

/// <summary>A coupon that can be bought.</summary>
/// <param name="State">Names the offer where a campaign has several.</param>
/// <param name="Price">What it takes from the wallet.</param>
internal sealed record MyOffer(string State, decimal Price, CouponData? Data);
