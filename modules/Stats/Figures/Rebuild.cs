namespace Loyalty.Stats;

/// <summary>A stretch of a campaign's days that a pass sets anew to what its facts say.</summary>
/// <param name="Counted">The figures of the facts that earlier passes have written, by day.</param>
/// <param name="Next">Where the next stretch begins; null: this is the last one, and the total is set as well.</param>
internal sealed record Rebuild(
    string Tenant, string Campaign, DateOnly First, DateOnly Last, IReadOnlyDictionary<DateOnly, FigureCounter> Counted, DateOnly? Next, DateTimeOffset At)
{
    /// <summary>How many days a stretch has. Note: few, so that no pass takes long, whatever has happened on them.</summary>
    public const int Days = 7;

    public bool Covers(Fact fact) => fact.Tenant == Tenant && fact.Campaign == Campaign && First <= fact.Day && fact.Day <= Last;
}

/// <summary>The rebuilds of a pass, by their entries.</summary>
internal sealed class Rebuilds
{
    public Dictionary<string, Rebuild> ByEntry { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, SegmentRebuild> OfSegmentsByEntry { get; } = new(StringComparer.Ordinal);
}
