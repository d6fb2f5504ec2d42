using System.Text.Json.Serialization;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Campaigns;

internal enum DayPart
{
    Morning,
    Noon,
    Afternoon,
    Evening,
}

/// <summary>A push notification that the campaign sends.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(CouponExpirationNotificationDefinition), "COUPON_EXPIRATION")]
[JsonDerivedType(typeof(DynamicJoinNotificationDefinition), "DYNAMIC_JOIN")]
[JsonDerivedType(typeof(SpecificTimeNotificationDefinition), "SPECIFIC_TIME")]
[BsonKnownTypes(
    typeof(CouponExpirationNotificationDefinition), typeof(DynamicJoinNotificationDefinition), typeof(SpecificTimeNotificationDefinition))]
internal abstract record NotificationDefinition
{
    /// <summary>Up to 256 characters; may hold <c>{{firstName}}</c> and other fields of the account.</summary>
    public required string Title { get; init; }

    /// <summary>Up to 256 characters; may hold <c>{{firstName}}</c> and other fields of the account.</summary>
    public required string Message { get; init; }

    /// <summary>Up to 256 characters.</summary>
    public string? Image { get; init; }

    public IReadOnlyDictionary<string, string>? Payload { get; init; }
}

/// <summary>Some time before a coupon given by this campaign expires, unless it is used by then.</summary>
internal sealed record CouponExpirationNotificationDefinition : NotificationDefinition
{
    /// <summary>How long before: an ISO 8601 duration.</summary>
    public string Before { get; init; } = "P1D";

    public DayPart? DayPart { get; init; }
}

/// <summary>When an account joins the running campaign.</summary>
internal sealed record DynamicJoinNotificationDefinition : NotificationDefinition
{
    public DayPart? DayPart { get; init; }
}

/// <summary>At one time, to all who are in the campaign then.</summary>
internal sealed record SpecificTimeNotificationDefinition : NotificationDefinition
{
    public required DateTimeOffset At { get; init; }
}
