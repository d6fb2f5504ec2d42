using Loyalty.Accounts.Contracts;

namespace Loyalty.Campaigns;

/// <summary>A campaign as the API shows it.</summary>
internal sealed record CampaignAnswer
{
    public required string Id { get; init; }

    public required CampaignType Type { get; init; }

    public required string Name { get; init; }

    public DateTimeOffset? ActiveFrom { get; init; }

    public DateTimeOffset? ActiveTo { get; init; }

    public required IReadOnlyList<Constraint> Constraints { get; init; }

    public required IReadOnlyList<StateDefinition> States { get; init; }

    public bool Dynamic { get; init; }

    public required IReadOnlyList<NotificationDefinition> Notifications { get; init; }

    /// <summary>DRAFT, SCHEDULED (initialized, activeFrom ahead), INITIALIZING (enrolling), RUNNING or FINALIZED.</summary>
    public required CampaignStatus Status { get; init; }

    public bool Initialized { get; init; }

    public DateTimeOffset? InitializedAt { get; init; }

    /// <summary>Who initialized it.</summary>
    public string? InitializedBy { get; init; }

    /// <summary>Before initialization the number of accounts predicted by the last preview, afterwards the number enrolled.</summary>
    public long Cnt { get; init; }

    /// <summary>By state, how many accounts have finished it.</summary>
    public required IReadOnlyDictionary<string, long> StateStats { get; init; }

    /// <summary>Walks that a fault has stopped; absent while there are none.</summary>
    public long? Faults { get; init; }

    public CampaignRejoin? Rejoin { get; init; }

    public CampaignLimits? Limits { get; init; }

    /// <summary>Since when a limit has kept it from giving more. Absent: no limit is reached.</summary>
    public DateTimeOffset? FullSince { get; init; }

    /// <summary>Since when it is paused. Absent: it is not.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Pushes that were sent for it.</summary>
    public required IReadOnlyList<RegisteredPush> Pushes { get; init; }

    public DateTimeOffset? PreviewedAt { get; init; }

    /// <summary>Up to 20 ids of accounts that the last preview found.</summary>
    public IReadOnlyList<string>? Samples { get; init; }

    /// <summary>Fields of the request that have no effect, each with the nearest known name. Absent: there are none.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>Rises with every change of the definition; the ETag.</summary>
    public long Version { get; init; }

    public static CampaignAnswer Of(Campaign campaign) => new()
    {
        Id = campaign.Id,
        Type = campaign.Definition.Type,
        Name = campaign.Definition.Name,
        ActiveFrom = campaign.Definition.ActiveFrom,
        ActiveTo = campaign.Definition.ActiveTo,
        Constraints = campaign.Definition.Constraints,
        States = [.. campaign.Definition.States.Select(state => state with { Stats = campaign.StateStats.GetValueOrDefault(state.Id) })],
        Dynamic = campaign.Definition.Dynamic,
        Notifications = campaign.Definition.Notifications ?? [],
        Status = campaign.Status,
        Initialized = campaign.Status != CampaignStatus.Draft,
        InitializedAt = campaign.InitializedAt,
        InitializedBy = campaign.InitializedBy,
        Cnt = campaign.Cnt,
        StateStats = campaign.StateStats,
        Faults = campaign.Faults == 0 ? null : campaign.Faults,
        Rejoin = campaign.Definition.Rejoin,
        Limits = campaign.Definition.Limits,
        FullSince = campaign.FullSince,
        PausedAt = campaign.PausedAt,
        Pushes = campaign.Pushes,
        PreviewedAt = campaign.PreviewedAt,
        Samples = campaign.Samples,
        Version = campaign.Version,
    };
}
