using Loyalty.Mongo;
using Loyalty.Web;

namespace Loyalty.Campaigns;

internal enum DayPart
{
    Morning,
    Noon,
    Afternoon,
    Evening,
}

/// <summary>A push notification that the campaign sends.</summary>
[KindProperty("type")]
[StoredKinds]
internal abstract record NotificationDefinition
{
    /// <summary>
    /// Up to 256 characters; may hold <c>{{firstName}}</c>, or <c>{{firstName|friend}}</c> with what stands there for whom it is not known: firstName,
    /// lastName, email, phone, pushId, birthdate, sex, created, lastEvent, lastLogged, lastOrder, card, mgm, properties.x, counters.x, coupon.code,
    /// coupon.validTo, coupon.categoryId, coupon.productId, coupon.enableKey, coupon.couponKey, coupon.extra.x, credit.amount, credit.ends, campaign.name.
    /// Dates and numbers are written in the tenant's language and zone.
    /// </summary>
    public required string Title { get; init; }

    /// <summary>Up to 256 characters, with placeholders as in the title.</summary>
    public required string Message { get; init; }

    /// <summary>The address of an image, up to 256 characters.</summary>
    public string? Image { get; init; }

    /// <summary>Handed to the app as it is.</summary>
    public IReadOnlyDictionary<string, string>? Payload { get; init; }
}

/// <summary>Some time before a coupon given by this campaign expires, unless it is used by then.</summary>
[Kind("COUPON_EXPIRATION")]
internal sealed record CouponExpirationNotificationDefinition : NotificationDefinition
{
    /// <summary>How long before: an ISO 8601 duration.</summary>
    public string Before { get; init; } = "P1D";

    /// <summary>
    /// Moves the sending to the tenant's 09:00, 12:00, 15:00 or 18:00: the last such hour that is still so long before; the exact time where that
    /// hour lies before the coupon.
    /// </summary>
    public DayPart? DayPart { get; init; }
}

/// <summary>Some time before credit given by this campaign ends, unless it is spent by then: once for all that ends on one day.</summary>
[Kind("CREDIT_EXPIRATION")]
internal sealed record CreditExpirationNotificationDefinition : NotificationDefinition
{
    /// <summary>How long before: an ISO 8601 duration.</summary>
    public string Before { get; init; } = "P1D";

    /// <summary>
    /// Moves the sending to the tenant's 09:00, 12:00, 15:00 or 18:00: the last such hour that is still so long before; the exact time where that
    /// hour lies before the credit.
    /// </summary>
    public DayPart? DayPart { get; init; }
}

/// <summary>When an account joins the running campaign.</summary>
[Kind("DYNAMIC_JOIN")]
internal sealed record DynamicJoinNotificationDefinition : NotificationDefinition
{
    /// <summary>Moves the sending to the tenant's next 09:00, 12:00, 15:00 or 18:00.</summary>
    public DayPart? DayPart { get; init; }
}

/// <summary>At one time, to all who are in the campaign then.</summary>
[Kind("SPECIFIC_TIME")]
internal sealed record SpecificTimeNotificationDefinition : NotificationDefinition
{
    public required DateTimeOffset At { get; init; }
}
