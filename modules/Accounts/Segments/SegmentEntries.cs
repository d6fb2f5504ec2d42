using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>The kinds of entries that concern segments, and what they carry.</summary>
internal static class SegmentEntries
{
    /// <summary>The tenant has other rules.</summary>
    public const string Rules = "segments.rules";

    /// <summary>A day has begun in the tenant's zone.</summary>
    public const string Daily = "segments.daily";

    /// <summary>Places the next accounts under changed rules.</summary>
    public const string PlaceAll = "segments.place-all";

    /// <summary>Places the next accounts whose segment time has changed.</summary>
    public const string PlaceDue = "segments.place-due";

    public sealed record RulesBody(IReadOnlyList<SegmentRule> Rules);

    /// <param name="At">The midnight that is meant.</param>
    public sealed record DailyBody(DateTimeOffset At);

    /// <param name="Version">Of the rules.</param>
    public sealed record PlaceAllBody(long Version, int Step);

    public sealed record PlaceDueBody(int Step);

    public static NewEntry DailyOf(string tenant, DateTimeOffset at) =>
        NewEntry.Internal(tenant, $"segments:{at.ToUnixTimeSeconds()}", Daily, null, at, new DailyBody(at));

    public static NewEntry AllOf(Entry cause, long version, int step) => NewEntry.Internal(
        cause.Tenant, $"segments-all:{version}:{step}", PlaceAll, null, cause.AcceptedAt, new PlaceAllBody(version, step));

    public static NewEntry DueOf(Entry cause, int step) => NewEntry.Internal(
        cause.Tenant, $"segments-due:{cause.AcceptedAt.ToUnixTimeMilliseconds()}:{step}", PlaceDue, null, cause.AcceptedAt, new PlaceDueBody(step));
}
