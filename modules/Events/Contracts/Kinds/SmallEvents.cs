using System.Text.Json.Serialization;

namespace Loyalty.Events.Contracts;

public enum RelationType
{
    InvitedBy,
    Invited,
    Friend,
    Unknown,
}

public enum Sex
{
    Male,
    Female,
    Other,
}

/// <summary>The account is related to another; unless told not to, the other account gets the mirror.</summary>
[EventKind("RELATION")]
public sealed record RelationEvent : LoyaltyEvent
{
    /// <summary>What the account is to the other: INVITED mirrors INVITED_BY, FRIEND and UNKNOWN mirror themselves.</summary>
    public required RelationType Type { get; init; }

    /// <summary>The other account, <c>[a-zA-Z0-9._-]{3,64}</c>.</summary>
    public required string Id { get; init; }

    /// <summary>True: record only this side.</summary>
    public bool DoNotProcessSymmetry { get; init; }
}

/// <summary>Sets what is known of the person; an absent field is left as it is.</summary>
[EventKind("PROFILE")]
public sealed record ProfileEvent : LoyaltyEvent
{
    /// <summary>Up to 32 characters.</summary>
    public string? Phone { get; init; }

    /// <summary>Up to 254 characters.</summary>
    public string? Email { get; init; }

    /// <summary>Where the person's phone can be reached: up to 512 characters.</summary>
    public string? PushId { get; init; }

    /// <summary>Up to 128 characters.</summary>
    public string? FirstName { get; init; }

    /// <summary>Up to 128 characters.</summary>
    public string? LastName { get; init; }

    public DateOnly? Birthdate { get; init; }

    public Sex? Sex { get; init; }

    /// <summary>The member-get-member code of whoever invited this account, up to 32 characters.</summary>
    public string? InvitedBy { get; init; }
}

/// <summary>The person signed in.</summary>
[EventKind("LOGIN")]
public sealed record LoginEvent : LoyaltyEvent
{
    /// <summary>Where the person's phone can be reached: up to 512 characters.</summary>
    public string? PushId { get; init; }
}

/// <summary>Sets properties and tags.</summary>
[EventKind("PROPERTIES")]
public sealed record PropertiesEvent : LoyaltyEvent
{
    /// <summary>
    /// Up to 256 values of up to 1024 characters by key, <c>[a-zA-Z0-9_.-]{1,64}</c>; null removes the property.
    /// </summary>
    public IReadOnlyDictionary<string, string?>? Properties { get; init; }

    /// <summary>Up to 256 tags, <c>[a-zA-Z0-9_.-]{1,64}</c> each.</summary>
    public IReadOnlyList<string>? AddTags { get; init; }

    /// <summary>Up to 256 tags, <c>[a-zA-Z0-9_.-]{1,64}</c> each.</summary>
    public IReadOnlyList<string>? RemoveTags { get; init; }
}

/// <summary>Adds to counters.</summary>
[EventKind("COUNTERS")]
public sealed record CountersEvent : LoyaltyEvent
{
    /// <summary>
    /// Up to 256 signed amounts by counter, <c>[a-zA-Z0-9_.-]{1,64}</c>. <c>orders</c>, <c>total</c>, <c>wallet</c>,
    /// <c>invited</c> and <c>invitedActive</c> are kept by the platform and refused here.
    /// </summary>
    public required IReadOnlyDictionary<string, decimal> Counters { get; init; }
}

/// <summary>Binds the card to the account.</summary>
[EventKind("CARD")]
public sealed record CardEvent : LoyaltyEvent;

/// <summary>Carries consents, nothing else.</summary>
[EventKind("CONSENTS")]
public sealed record ConsentsEvent : LoyaltyEvent;

/// <summary>
/// Books into the account's wallet: credit that may end, or spending, which takes what ends first. What would go below zero is rejected with the
/// balance (<c>wallet_too_low</c>, <c>values.balance</c>).
/// </summary>
[EventKind("WALLET")]
public sealed record WalletEvent : LoyaltyEvent
{
    /// <summary>Positive: credit. Negative: spending. In the tenant's currency, kept to four decimals; a JSON number or string.</summary>
    [JsonConverter(typeof(MoneyConverter))]
    public required decimal Amount { get; init; }

    /// <summary>A name for whoever reads the ledger, up to 64 characters. The balance is one over all names.</summary>
    public string? Wallet { get; init; }

    /// <summary>Of credit: how long it is valid, an ISO 8601 duration such as <c>P1Y</c>. Absent: it does not end.</summary>
    public string? ValidFor { get; init; }

    /// <summary>
    /// Of spending: the order that it is spent on, <c>[a-zA-Z0-9._:-]{1,128}</c>. Where that order is cancelled, or not paid within 24 hours, it
    /// comes back to the credits it was taken from, with their old ends.
    /// </summary>
    public string? Order { get; init; }
}

/// <summary>Erases the account and every personal trace of it. Needs ROLE_LOYALTY.</summary>
[EventKind("DELETED")]
public sealed record DeletedEvent : LoyaltyEvent;
