using Loyalty.Campaigns.Contracts;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Stats;

/// <summary>One thing that happened in a campaign and that statistics count, under an id that cannot repeat. It names no person.</summary>
internal sealed record Fact
{
    [BsonId]
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required string Campaign { get; init; }

    public required CampaignFactKind Kind { get; init; }

    /// <summary>The state it happened in; the push that was clicked.</summary>
    public string? State { get; init; }

    /// <summary>The random name of one life of an account.</summary>
    public required string Incarnation { get; init; }

    public decimal? Amount { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The day in the tenant's zone. Note: in the zone it had then; where a tenant's zone changes later, what has happened stays on its day.</summary>
    public required DateOnly Day { get; init; }
}
