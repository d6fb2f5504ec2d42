using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Campaigns;

internal enum NoticeKind
{
    /// <summary>A coupon of the account is about to expire.</summary>
    CouponExpiration,

    /// <summary>The account has joined a running campaign.</summary>
    DynamicJoin,

    /// <summary>A time has come, for all who are in the campaign then.</summary>
    SpecificTime,

    /// <summary>Credit of the account is about to end.</summary>
    CreditExpiration,
}

internal enum NoticeStatus
{
    /// <summary>To be sent when it is due.</summary>
    Open,

    /// <summary>Given to the outbox, which delivers it.</summary>
    Sent,

    /// <summary>It would have been sent later than the tenant's limit allows.</summary>
    Missed,

    /// <summary>Not to be sent; <c>why</c> says for what reason.</summary>
    Dropped,
}

/// <summary>One push notification for one account (or, at a SPECIFIC_TIME, for all in the campaign), as stored in <c>campaigns.notices</c>.</summary>
internal sealed record Notice : IPassDocument
{
    /// <summary>All notices of an account.</summary>
    public static readonly DocumentGroup<Notice> OfOwner = new(notice => notice.Owner);

    /// <summary>Hash of the life of the account, or of the campaign, and the occasion: the same occasion never makes a second one.</summary>
    [BsonId]
    public required string Id { get; init; }

    public long LastPass { get; init; }

    public required string Tenant { get; init; }

    public required string Campaign { get; init; }

    public required NoticeKind Kind { get; init; }

    /// <summary>The key (tenant and id) of the account; empty where it is for all, or once the account is erased.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The account; empty where it is for all.</summary>
    public string Account { get; init; } = "";

    /// <summary>The coupon that is about to expire.</summary>
    public string? Coupon { get; init; }

    /// <summary>What it is about: when the coupon expires or the credit ends, when the account joined, or the time itself. The due time follows from it.</summary>
    public required DateTimeOffset Occasion { get; init; }

    /// <summary>The earliest time at which it makes sense.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Which of the campaign's notifications of this kind: how long before, and the number among equals.</summary>
    public required string Which { get; init; }

    /// <summary>When it is to be sent. Not set once that is settled.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public NoticeStatus Status { get; init; }

    /// <summary>It fell due while its campaign was paused, and waits until that goes on.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Why it was missed or dropped, in words.</summary>
    public string? Why { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>To how many accounts it has gone.</summary>
    public int Recipients { get; init; }

    public DateTimeOffset? ExpireAt { get; init; }

    /// <summary>Note: it is kept for as long as its occasion could come up again.</summary>
    public Notice Settled(NoticeStatus status, string? why, DateTimeOffset now) => this with
    {
        Status = status,
        Why = why,
        IsHeld = false,
        DueAt = null,
        SettledAt = now,
        ExpireAt = (Occasion > now ? Occasion : now) + TimeSpan.FromDays(30),
    };

    public Notice Reopened(DateTimeOffset due) => this with { Status = NoticeStatus.Open, Why = null, DueAt = due, SettledAt = null, ExpireAt = null };

    public Notice Erased(DateTimeOffset expireAt) => new()
    {
        Id = Id,
        Tenant = Tenant,
        Campaign = Campaign,
        Kind = Kind,
        Occasion = expireAt,
        From = expireAt,
        Which = "",
        Status = Status == NoticeStatus.Open ? NoticeStatus.Dropped : Status,
        Why = Status == NoticeStatus.Open ? "The account was erased." : Why,
        ExpireAt = expireAt,
    };
}
