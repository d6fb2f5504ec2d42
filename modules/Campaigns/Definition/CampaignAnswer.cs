using Loyalty.Accounts.Contracts;
using Loyalty.Web;

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

    private static readonly FieldList<Campaign, CampaignAnswer> Fields = new(list => list
        .Map(answer => answer.Type, campaign => campaign.Definition.Type)
        .Map(answer => answer.Name, campaign => campaign.Definition.Name)
        .Map(answer => answer.ActiveFrom, campaign => campaign.Definition.ActiveFrom)
        .Map(answer => answer.ActiveTo, campaign => campaign.Definition.ActiveTo)
        .Map(answer => answer.Constraints, campaign => campaign.Definition.Constraints)
        .Map(answer => answer.Dynamic, campaign => campaign.Definition.Dynamic)
        .Map(answer => answer.Rejoin, campaign => campaign.Definition.Rejoin)
        .Map(answer => answer.Limits, campaign => campaign.Definition.Limits)
        .Map(answer => answer.Initialized, campaign => campaign.Status != CampaignStatus.Draft)
        .Map(answer => answer.Faults, campaign => campaign.Faults == 0 ? (long?)null : campaign.Faults)
        .Ignore(answer => answer.Warnings)
        .Ignore(answer => answer.States)
        .Ignore(answer => answer.Notifications));

    public static CampaignAnswer Of(Campaign campaign) => Fields.Of(campaign) with
    {
        States = [.. campaign.Definition.States.Select(state => state with { Stats = campaign.StateStats.GetValueOrDefault(state.Id) })],
        Notifications = campaign.Definition.Notifications ?? [],
    };
}
