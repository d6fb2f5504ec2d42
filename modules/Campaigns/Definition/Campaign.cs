using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Campaigns;

internal enum CampaignStatus
{
    /// <summary>Being written; nothing happens yet.</summary>
    Draft,

    /// <summary>Initialized, to start at <c>activeFrom</c>.</summary>
    Scheduled,

    /// <summary>Enrolling the accounts that match.</summary>
    Initializing,

    Running,

    /// <summary>Over, for good.</summary>
    Finalized,

    /// <summary>Being removed, with all that members have of it. Nobody sees it any more.</summary>
    Deleted,
}

/// <summary>A campaign as stored in <c>campaigns.campaigns</c>: its definition, and how far it has come.</summary>
internal sealed record Campaign : IPassDocument
{
    private static readonly CampaignStatus[] StartedStatuses = [CampaignStatus.Scheduled, CampaignStatus.Initializing, CampaignStatus.Running];

    /// <summary>The campaigns of a tenant that are scheduled or running.</summary>
    public static readonly DocumentGroup<Campaign> Started = new(campaign => campaign.Tenant, campaign => StartedStatuses.Contains(campaign.Status));

    [BsonId]
    public required string Key { get; init; }

    [BsonIgnore]
    string IPassDocument.Id => Key;

    public long LastPass { get; init; }

    public required string Tenant { get; init; }

    public required CampaignDefinition Definition { get; init; }

    /// <summary>Rises with every change of the definition.</summary>
    public long Version { get; init; }

    public CampaignStatus Status { get; init; }

    public DateTimeOffset? InitializedAt { get; init; }

    public string? InitializedBy { get; init; }

    /// <summary>Accounts enrolled so far; before initialization the number predicted by the last preview.</summary>
    public long Cnt { get; init; }

    /// <summary>By state, how many accounts have finished it.</summary>
    public IReadOnlyDictionary<string, long> StateStats { get; init; } = new Dictionary<string, long>();

    /// <summary>Walks that a fault has stopped.</summary>
    public long Faults { get; init; }

    public DateTimeOffset? PreviewedAt { get; init; }

    public IReadOnlyList<string>? Samples { get; init; }

    /// <summary>Pushes that were sent for it.</summary>
    public IReadOnlyList<RegisteredPush> Pushes { get; init; } = [];

    /// <summary>The next day whose birthdays are to be enrolled, and when it begins.</summary>
    public BirthdayDue? Birthday { get; init; }

    /// <summary>How many campaigns of this id were deleted before it.</summary>
    public int Life { get; init; }

    /// <summary>Set when it is deleted, and what members had of it is gone. Note: this much stays, so that a campaign made again begins its figures at nothing.</summary>
    public DateTimeOffset? PurgedAt { get; init; }

    /// <summary>How many coupons it has given.</summary>
    public long CouponsGiven { get; init; }

    /// <summary>Since when a limit has kept it from giving more.</summary>
    public DateTimeOffset? FullSince { get; init; }

    /// <summary>Since when nothing moves in it; null while it is not paused.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Up to when it has looked for accounts that time alone has made match.</summary>
    public DateTimeOffset? LookedTo { get; init; }

    /// <summary>When it was deleted.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Set when it is deleted, and nothing of it is left but this.</summary>
    public DateTimeOffset? ExpireAt { get; init; }

    [BsonIgnore]
    public string Id => Definition.Id;

    /// <summary>Under what name statistics count it. Note: ids hold no dots, so it is the name of no other.</summary>
    [BsonIgnore]
    public string FigureName => Life == 0 ? Id : $"{Id}.{Life}";

    /// <summary>When time brings about its next step. Note: stored, but worked out anew whenever the campaign is, so that it is never stale.</summary>
    [BsonElement("dueAt")]
    public DateTimeOffset? DueAt => CampaignActivity.NextStep(this)?.At;

    /// <summary>It waits for its start, or has begun and is not over.</summary>
    [BsonIgnore]
    public bool IsStarted => StartedStatuses.Contains(Status);

    /// <summary>It has begun and has not been ended.</summary>
    [BsonIgnore]
    public bool IsLive => Status is CampaignStatus.Initializing or CampaignStatus.Running;

    /// <summary>
    /// Members walk, and what they are given is valid. Note: it is over when <c>activeTo</c> has come, also where the entry that says so has
    /// not been decided yet.
    /// </summary>
    public bool IsLiveAt(DateTimeOffset now) =>
        IsLive && !(Definition.ActiveTo <= now);

    [BsonIgnore]
    public bool IsPaused => PausedAt is not null;

    /// <summary>No more accounts join.</summary>
    [BsonIgnore]
    public bool HasAllJoins => Definition.Limits?.Joins <= Cnt;

    /// <summary>How many coupons it may still give; null: any number.</summary>
    [BsonIgnore]
    public long? CouponsLeft => Definition.Limits?.Coupons - CouponsGiven;

    /// <summary>
    /// Time alone may make accounts match: it looks for them, unless it is paused. It began to when it was initialized.
    /// </summary>
    public DateTimeOffset? LooksFrom() =>
        Status == CampaignStatus.Running && !IsPaused && TakesJoiners && (Definition.LooksAtTime || Definition.Rejoin is not null) ? LookedTo ?? InitializedAt : null;

    /// <summary>The campaign, which says since when it is full where it is.</summary>
    public Campaign WithFullness(DateTimeOffset now) =>
        IsLive && (HasAllJoins || CouponsLeft <= 0) ? this with { FullSince = FullSince ?? now } : this with { FullSince = null };

    /// <summary>Accounts that begin to match join. Note: during initialization every campaign takes them, so that none is missed behind the cursor.</summary>
    [BsonIgnore]
    public bool TakesJoiners =>
        Definition.Type == CampaignType.Standard && (Status == CampaignStatus.Initializing || Status == CampaignStatus.Running && Definition.Dynamic);
}

/// <summary>A push that somebody sent for a campaign.</summary>
internal sealed record RegisteredPush(string Id, string? Title, DateTimeOffset RegisteredAt);

/// <param name="Day">In the tenant's zone.</param>
/// <param name="At">When the day begins there.</param>
internal sealed record BirthdayDue(DateOnly Day, DateTimeOffset At);
