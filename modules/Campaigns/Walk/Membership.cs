using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Campaigns;

internal enum WalkEnd
{
    /// <summary>The last state was finished.</summary>
    Finished,

    /// <summary>A coupon expired, and the campaign names no state for that.</summary>
    Expired,

    /// <summary>The campaign ended first.</summary>
    Finalized,

    /// <summary>A limit of the campaign kept it from giving more.</summary>
    Full,
}

internal enum WalkReport
{
    Message,
    Coupon,
}

/// <summary>One account's walk through one campaign.</summary>
internal sealed record Membership : IPassDocument
{
    /// <summary>All walks of an account.</summary>
    public static readonly DocumentGroup<Membership> OfOwner = new(membership => membership.Owner);

    [BsonId]
    public required string Key { get; init; }

    [BsonIgnore]
    string IPassDocument.Id => Key;

    public long LastPass { get; init; }

    public required string Tenant { get; init; }

    public required string Campaign { get; init; }

    /// <summary>The key (tenant and id) of the account.</summary>
    public required string Owner { get; init; }

    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>The state it is in; the last one, once it has ended.</summary>
    public required string State { get; init; }

    /// <summary>When the state was entered.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The state has taken effect and waits: its coupon is given, its message shows, its orders count.</summary>
    public bool IsArmed { get; init; }

    /// <summary>Orders that have counted in this state.</summary>
    public IReadOnlyList<string> Orders { get; init; } = [];

    /// <summary>What each of them counts and is worth; also those that have led to this state.</summary>
    public IReadOnlyList<OrderShare> Shares { get; init; } = [];

    /// <summary>The orders that have led to this state, for a credit by a rate.</summary>
    public IReadOnlyList<string> LedBy { get; init; } = [];

    /// <summary>They have earned a credit by a rate: the next orders begin anew.</summary>
    public bool LedHaveEarned { get; init; }

    /// <summary>When orders counted in states with <c>atMost</c>, also in earlier rounds.</summary>
    public IReadOnlyList<OrderStamp> Stamps { get; init; } = [];

    /// <summary>States whose coupon may be bought though the walk has gone on.</summary>
    public IReadOnlyList<string> Offers { get; init; } = [];

    /// <summary>How many coupons were bought of those.</summary>
    public int Bought { get; init; }

    /// <summary>The coupon that was given in this state.</summary>
    public string? Coupon { get; init; }

    /// <summary>What the app reported to leave the last state that waited, so that a repeated report is known as one.</summary>
    public WalkReport? LastReport { get; init; }

    /// <summary>The state that was left by the last report.</summary>
    public string? ReportedState { get; init; }

    /// <summary>When the last report came.</summary>
    public DateTimeOffset? ReportedAt { get; init; }

    public WalkEnd? End { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How many states have been entered so far.</summary>
    public int Steps { get; init; }

    /// <summary>States that the account has finished in this campaign, in all its walks.</summary>
    public IReadOnlyList<string> Finished { get; init; } = [];

    /// <summary>Of a birthday campaign: the year whose birthday it is for.</summary>
    public int? Year { get; init; }

    /// <summary>It was enrolled when the campaign was initialized.</summary>
    public bool IsInitial { get; init; }

    /// <summary>The account has ceased to match since it joined, so that it can begin to match again.</summary>
    public bool HasCeased { get; init; }

    /// <summary>What has stopped the walk, if a fault has.</summary>
    public string? Fault { get; init; }

    /// <summary>Set when its account was erased, or its campaign deleted.</summary>
    public DateTimeOffset? ExpireAt { get; init; }

    [BsonIgnore]
    public bool IsOpen => End is null && ExpireAt is null && Fault is null;

    public Membership Erased(DateTimeOffset expireAt) => new()
    {
        Key = Key,
        Tenant = Tenant,
        Campaign = Campaign,
        Owner = "",
        JoinedAt = expireAt,
        State = "",
        Since = expireAt,
        ExpireAt = expireAt,
    };
}
