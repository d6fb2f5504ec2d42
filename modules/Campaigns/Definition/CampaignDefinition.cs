using Loyalty.Accounts.Contracts;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Campaigns;

internal enum CampaignType
{
    /// <summary>Chooses accounts by its constraints.</summary>
    Standard,

    /// <summary>Chooses accounts by its constraints, each on its birthday, once a year.</summary>
    Birthday,
}

/// <summary>Who takes part in a campaign and what they walk through.</summary>
internal sealed record CampaignDefinition
{
    /// <summary>1 to 64 of the characters <c>a-z A-Z 0-9 _ -</c>.</summary>
    public required string Id { get; init; }

    public required CampaignType Type { get; init; }

    /// <summary>3 to 128 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The campaign starts then, if it is initialized before.</summary>
    public DateTimeOffset? ActiveFrom { get; init; }

    /// <summary>The campaign ends then.</summary>
    public DateTimeOffset? ActiveTo { get; init; }

    /// <summary>1 to 16 conditions; an account takes part when all of them hold.</summary>
    public required IReadOnlyList<Constraint> Constraints { get; init; }

    /// <summary>1 to 10 states. A walk begins in the first one.</summary>
    public required IReadOnlyList<StateDefinition> States { get; init; }

    /// <summary>True: accounts that begin to match while the campaign runs join it. False: only those that match when it is initialized.</summary>
    public bool Dynamic { get; init; }

    /// <summary>0 to 3 push notifications.</summary>
    public IReadOnlyList<NotificationDefinition>? Notifications { get; init; }

    /// <summary>The version that was read: if the campaign has changed since, the request is refused with a 412. Absent: the last one to write wins.</summary>
    [BsonIgnore]
    public long? Version { get; init; }

    public StateDefinition? State(string? id) => States.FirstOrDefault(state => state.Id == id);
}
