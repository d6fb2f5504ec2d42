using System.Text.Json.Serialization;
using Loyalty.Accounts.Contracts;
using Loyalty.Time;
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

    /// <summary>Whether an account may join again. Absent: it joins once.</summary>
    public CampaignRejoin? Rejoin { get; init; }

    /// <summary>How much the campaign gives at most. Absent: there is no limit.</summary>
    public CampaignLimits? Limits { get; init; }

    /// <summary>The version that was read: if the campaign has changed since, the request is refused with a 412. Absent: the last one to write wins.</summary>
    [BsonIgnore]
    public long? Version { get; init; }

    /// <summary>Time alone can make an account match.</summary>
    [JsonIgnore]
    [BsonIgnore]
    public bool LooksAtTime => Constraints.Periods().Count > 0;

    public StateDefinition? State(string? id) => States.FirstOrDefault(state => state.Id == id);
}

/// <summary>When an account that has left the campaign may join it again.</summary>
internal sealed record CampaignRejoin
{
    /// <summary>
    /// How long after its last walk ended: an ISO 8601 duration such as <c>P90D</c>, or <c>P0D</c> for at once. The account must also have ceased
    /// to match since it joined.
    /// </summary>
    public required string After { get; init; }

    /// <summary>The instant before which a walk must have ended, that the account may join again at this one.</summary>
    public DateTimeOffset EndedBy(DateTimeOffset now, Zone zone) =>
        CalendarPeriod.Read(After)?.Negate().AddTo(now, zone) ?? DateTimeOffset.MinValue;
}

/// <summary>How much a campaign gives at most.</summary>
internal sealed record CampaignLimits
{
    /// <summary>How many times accounts join, 1 to 1000000000. Beyond it nobody joins.</summary>
    public long? Joins { get; init; }

    /// <summary>How many coupons it gives, 1 to 1000000000. A walk that would give one beyond ends FULL.</summary>
    public long? Coupons { get; init; }
}
