using Loyalty.Events.Contracts;
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
}

/// <summary>A campaign as stored in <c>campaigns.campaigns</c>: its definition, and how far it has come.</summary>
internal sealed record Campaign : IPassDocument
{
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

    public DateTimeOffset? PreviewedAt { get; init; }

    public IReadOnlyList<string>? Samples { get; init; }

    [BsonIgnore]
    public string Id => Definition.Id;

    /// <summary>Members walk, and what they are given is valid.</summary>
    [BsonIgnore]
    public bool IsLive => Status is CampaignStatus.Initializing or CampaignStatus.Running;

    /// <summary>Accounts that begin to match join. Note: during initialization every campaign takes them, so that none is missed behind the cursor.</summary>
    [BsonIgnore]
    public bool TakesJoiners => Status == CampaignStatus.Initializing || Status == CampaignStatus.Running && Definition.Dynamic;
}
