using MediatR;

namespace Loyalty.Campaigns.Contracts;

public enum CampaignFactKind
{
    Joined,
    Left,
    StateFinished,
    CouponGiven,
    CouponUsed,
    CouponFreed,
    CouponExpired,
    OrderQualified,
    OrderDisqualified,
    MessageReceived,
    NotificationSent,
    PushClicked,
    CreditGiven,
    CreditSpent,
    CreditExpired,
    CreditTakenBack,

    /// <summary>An account joined for the first time.</summary>
    MemberJoined,

    /// <summary>An account finished a state for the first time.</summary>
    MemberFinished,
}

/// <summary>Something happened in a campaign that statistics count.</summary>
/// <param name="Incarnation">The account's random name, which leads to no person.</param>
/// <param name="State">The state it happened in; the push that was clicked.</param>
/// <param name="Campaign">The name under which statistics count it.</param>
/// <param name="Amount">The value of an order or a credit, or the cost of a coupon that is used, in the tenant's currency.</param>
public sealed record CampaignFact(
    Pass Pass, CampaignFactKind Kind, string Campaign, string? State, string Incarnation, decimal? Amount, DateTimeOffset At) : INotification;
