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

    /// <summary>The other account.</summary>
    public required string Id { get; init; }

    /// <summary>True: record only this side.</summary>
    public bool DoNotProcessSymmetry { get; init; }
}

/// <summary>Sets what is known of the person; an absent field is left as it is.</summary>
[EventKind("PROFILE")]
public sealed record ProfileEvent : LoyaltyEvent
{
    public string? Phone { get; init; }

    public string? Email { get; init; }

    public string? PushId { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public DateOnly? Birthdate { get; init; }

    public Sex? Sex { get; init; }

    /// <summary>The member-get-member code of whoever invited this account.</summary>
    public string? InvitedBy { get; init; }
}

/// <summary>The person signed in.</summary>
[EventKind("LOGIN")]
public sealed record LoginEvent : LoyaltyEvent
{
    /// <summary>Where the person's phone can be reached.</summary>
    public string? PushId { get; init; }
}

/// <summary>Sets properties and tags.</summary>
[EventKind("PROPERTIES")]
public sealed record PropertiesEvent : LoyaltyEvent
{
    /// <summary>Values by key; null removes the property.</summary>
    public IReadOnlyDictionary<string, string?>? Properties { get; init; }

    public IReadOnlyList<string>? AddTags { get; init; }

    public IReadOnlyList<string>? RemoveTags { get; init; }
}

/// <summary>Adds to counters.</summary>
[EventKind("COUNTERS")]
public sealed record CountersEvent : LoyaltyEvent
{
    /// <summary>Signed amounts by counter. <c>orders</c>, <c>total</c> and <c>wallet</c> are kept by the platform and refused here.</summary>
    public required IReadOnlyDictionary<string, decimal> Counters { get; init; }
}

/// <summary>Binds the card to the account.</summary>
[EventKind("CARD")]
public sealed record CardEvent : LoyaltyEvent;

/// <summary>Carries consents, nothing else.</summary>
[EventKind("CONSENTS")]
public sealed record ConsentsEvent : LoyaltyEvent;

/// <summary>Adds to the account's wallet.</summary>
[EventKind("WALLET")]
public sealed record WalletEvent : LoyaltyEvent
{
    /// <summary>Signed, in the tenant's currency; a JSON number or string.</summary>
    [JsonConverter(typeof(MoneyConverter))]
    public required decimal Amount { get; init; }

    /// <summary>Which wallet, where a tenant has several.</summary>
    public string? Wallet { get; init; }
}

/// <summary>Erases the account and every personal trace of it. Needs ROLE_LOYALTY.</summary>
[EventKind("DELETED")]
public sealed record DeletedEvent : LoyaltyEvent;
