using System.Globalization;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Stats;

/// <summary>How a tenant's accounts stand in its segments at the end of a day, and how they came there. A day on which none moved has none.</summary>
internal sealed record SegmentDay : IPassDocument
{
    [BsonId]
    public required string Id { get; init; }

    public long LastPass { get; init; }

    public required string Tenant { get; init; }

    public required DateOnly Day { get; init; }

    /// <summary>By segment, how many accounts are in it; empty ones are left out.</summary>
    public IReadOnlyDictionary<string, long> Accounts { get; init; } = new Dictionary<string, long>();

    public IReadOnlyList<SegmentMoves> Moves { get; init; } = [];

    public static string IdOf(string tenant, DateOnly day) => Key.Of(tenant, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}

/// <summary>Accounts that went from one segment to another.</summary>
/// <param name="From">Absent: they were in none, or are new.</param>
/// <param name="To">Absent: they are in none, or were erased.</param>
/// <param name="Count">How many.</param>
internal sealed record SegmentMoves(string? From, string? To, long Count);
