namespace Loyalty.Stats;

/// <summary>A stretch of a tenant's days of segments that a pass sets anew to what the moves say.</summary>
/// <param name="Counted">The moves that earlier passes have written, by day.</param>
/// <param name="Next">Where the next stretch begins; null: this is the last one.</param>
internal sealed record SegmentRebuild(string Tenant, DateOnly First, DateOnly Last, ILookup<DateOnly, SegmentMoves> Counted, DateOnly? Next)
{
    public bool Covers(SegmentMove move) => move.Tenant == Tenant && Covers(move.Day);

    public bool Covers(DateOnly day) => First <= day && day <= Last;
}
