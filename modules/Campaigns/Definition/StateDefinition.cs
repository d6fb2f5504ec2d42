using System.Text.Json.Serialization;
using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using Loyalty.Mongo;
using Loyalty.Web;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Campaigns;

/// <summary>One station of a campaign's walk.</summary>
[KindProperty("type")]
[StoredKinds]
internal abstract record StateDefinition
{
    /// <summary>1 to 32 of the characters <c>a-z A-Z 0-9 _ -</c>, unique in the campaign.</summary>
    [BsonElement("id")]
    public required string Id { get; init; }

    /// <summary>The state that follows. Absent: the walk is FINISHED here.</summary>
    public string? TransitionTo { get; init; }

    /// <summary>The state takes effect only once these hold.</summary>
    public IReadOnlyList<Constraint>? Constraints { get; init; }

    /// <summary>How many accounts have finished this state. Read-only: ignored in requests.</summary>
    [BsonIgnore]
    public long? Stats { get; init; }

    /// <summary>Whether a walk can rest here: a circle of states needs at least one that waits.</summary>
    [JsonIgnore]
    [BsonIgnore]
    public virtual bool Waits => true;
}

/// <summary>Changes the account, then moves on.</summary>
[Kind("ACCOUNT")]
internal sealed record AccountStateDefinition : StateDefinition
{
    public IReadOnlyList<string>? AddTags { get; init; }

    public IReadOnlyList<string>? RemoveTags { get; init; }

    /// <summary>Values by key.</summary>
    public IReadOnlyDictionary<string, string>? Properties { get; init; }

    /// <summary>Signed amounts that are added.</summary>
    public IReadOnlyDictionary<string, decimal>? Counters { get; init; }

    public override bool Waits => false;
}

/// <summary>Gives the account a coupon; moves on when the coupon is used up.</summary>
[Kind("COUPON")]
internal sealed record CouponStateDefinition : StateDefinition
{
    /// <summary>What one use costs the brand, in the tenant's currency, for figures.</summary>
    [JsonConverter(typeof(MoneyConverter))]
    public decimal? Cost { get; init; }

    /// <summary>What the coupon is good for, for the till.</summary>
    public CouponData? Data { get; init; }

    /// <summary>What its code begins with, up to 16 of the characters <c>a-z A-Z 0-9 _ -</c>.</summary>
    public string? Prefix { get; init; }

    /// <summary>
    /// What it costs: it is not given but offered, and bought from the wallet. With <c>moveOn</c> USED the walk waits for that; with GIVEN it goes on at
    /// once, and the coupon may be bought again and again.
    /// </summary>
    [JsonConverter(typeof(MoneyConverter))]
    public decimal? Price { get; init; }

    /// <summary>When the walk moves on: USED, when the coupon is used up; GIVEN, at once, and the coupon stays usable.</summary>
    public CouponMoveOn MoveOn { get; init; }

    /// <summary>How long it is valid from when it is given: an ISO 8601 duration such as <c>P14D</c>.</summary>
    public string? ValidFor { get; init; }

    /// <summary>Until when it is valid; not together with <c>validFor</c>.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>How often it can be used, 1 to 100.</summary>
    public int Uses { get; init; } = 1;

    /// <summary>The state that follows when the coupon expires. Absent: the walk ends EXPIRED.</summary>
    public string? ExpireTo { get; init; }

    public override bool Waits => MoveOn == CouponMoveOn.Used;
}

internal enum CouponMoveOn
{
    Used,
    Given,
}

/// <summary>What a coupon is good for.</summary>
internal sealed record CouponData
{
    public string? CategoryId { get; init; }

    public string? ProductId { get; init; }

    public string? EnableKey { get; init; }

    public string? CouponKey { get; init; }

    public IReadOnlyDictionary<string, string>? Extra { get; init; }
}

/// <summary>Shows the account a message; moves on when the app reports that it was received.</summary>
[Kind("MESSAGE")]
internal sealed record MessageStateDefinition : StateDefinition
{
    /// <summary>Up to 256 characters.</summary>
    public required string Title { get; init; }

    /// <summary>Up to 256 characters.</summary>
    public required string Message { get; init; }

    /// <summary>Up to 256 characters.</summary>
    public string? Image { get; init; }

    public IReadOnlyDictionary<string, string>? Payload { get; init; }
}

internal enum OrderCountBy
{
    /// <summary>Each order is one.</summary>
    Order,

    /// <summary>The quantity of its matching lines.</summary>
    Item,
}

/// <summary>How much counts within a time.</summary>
internal sealed record OrderMost
{
    /// <summary>1 to 1000 orders or items.</summary>
    public required int N { get; init; }

    /// <summary>Within any time of this length: an ISO 8601 duration such as <c>P1D</c>.</summary>
    public required string Per { get; init; }
}

/// <summary>Waits for orders; moves on after <c>count</c> of them since it was entered.</summary>
[Kind("ORDER")]
internal sealed record OrderStateDefinition : StateDefinition
{
    /// <summary>How many qualifying orders, or items in them, 1 to 1000.</summary>
    public int Count { get; init; } = 1;

    /// <summary>ORDER: each order is one. ITEM: the quantity of its lines that match <c>products</c> and <c>venues</c>.</summary>
    public OrderCountBy CountBy { get; init; }

    /// <summary>No more than so many count within any time so long, also from one round to the next.</summary>
    public OrderMost? AtMost { get; init; }

    /// <summary>True: the order that led here is the first that counts.</summary>
    public bool CountEntering { get; init; }

    /// <summary>An order qualifies from this total, in the tenant's currency.</summary>
    [JsonConverter(typeof(MoneyConverter))]
    public decimal? MinTotal { get; init; }

    /// <summary>Only orders of these types.</summary>
    public IReadOnlyList<string>? OrderTypes { get; init; }

    /// <summary>Only orders from these sources.</summary>
    public IReadOnlyList<string>? Sources { get; init; }

    /// <summary>Only orders with something from one of these venues.</summary>
    public IReadOnlyList<string>? Venues { get; init; }

    /// <summary>Only orders with one of these products.</summary>
    public IReadOnlyList<string>? Products { get; init; }
}

/// <summary>Credits the account's wallet, then moves on.</summary>
[Kind("WALLET")]
internal sealed record WalletStateDefinition : StateDefinition
{
    /// <summary>In the tenant's currency; either this or <c>rate</c>.</summary>
    [JsonConverter(typeof(MoneyConverter))]
    public decimal? Amount { get; init; }

    /// <summary>
    /// By the worth of the orders that led here since the last credit by a rate. It follows that worth: what is refunded or cancelled within 90 days
    /// is taken back, as far as this credit still holds it.
    /// </summary>
    public WalletRate? Rate { get; init; }

    /// <summary>How long the credit is valid: an ISO 8601 duration.</summary>
    public string? ValidFor { get; init; }

    public string? Wallet { get; init; }

    public override bool Waits => false;
}
