using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Loyalty.Time;

/// <summary>
/// An IANA time zone: its days, its hours, and what its clocks show. There is one rule for every change of a clock: a
/// wall-clock time is the first instant at which the zone's clock shows that time or a later one, and a day lasts from
/// its own midnight to the next.
/// </summary>
public sealed class Zone
{
    /// <summary>Note: the provider also knows offsets such as UTC+3, which are no names of the IANA database.</summary>
    private static readonly FrozenSet<string> Names =
        DateTimeZoneProviders.Tzdb.Ids.ToFrozenSet(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, Zone> Known = new(StringComparer.Ordinal);

    private readonly WallClock clock;

    private Zone(string id)
    {
        Id = id;
        clock = new WallClock(DateTimeZoneProviders.Tzdb[id]);
    }

    public static Zone Utc { get; } = Of("UTC");

    public string Id { get; }

    /// <summary>All names that <see cref="TryFind"/> knows.</summary>
    public static IReadOnlyCollection<string> Ids => Names;

    /// <summary>Finds a zone by its IANA name, such as <c>Europe/Warsaw</c>; upper and lower case count.</summary>
    public static bool TryFind([NotNullWhen(true)] string? id, [NotNullWhen(true)] out Zone? zone)
    {
        zone = id is not null && Names.Contains(id) ? Known.GetOrAdd(id, known => new Zone(known)) : null;
        return zone is not null;
    }

    public static Zone Of(string id) =>
        TryFind(id, out var zone) ? zone : throw new ArgumentException($"\"{id}\" is no IANA time zone.", nameof(id));

    /// <summary>What the zone's clock shows.</summary>
    public DateTime ClockAt(DateTimeOffset instant) => Calendar.ToDateTime(clock.Showing(instant.UtcTicks));

    /// <summary>
    /// The day that an instant belongs to. Note: where a clock is turned back over midnight, the day that has begun
    /// goes on.
    /// </summary>
    public DateOnly DayOf(DateTimeOffset instant) =>
        DateOnly.FromDateTime(Calendar.ToDateTime(clock.Reading(instant.UtcTicks)));

    /// <summary>
    /// The instant at which a day begins: midnight or, where the clock skips it, the first instant after it.
    /// </summary>
    public DateTimeOffset StartOf(DateOnly day) => At(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>The instant at which a day has ended and the next one begins.</summary>
    public DateTimeOffset EndOf(DateOnly day) =>
        day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : StartOf(day.AddDays(1));

    public DateTimeOffset At(DateOnly day, TimeOnly time) => At(day.ToDateTime(time));

    /// <summary>
    /// The instant of a wall-clock time: the first of two where the clock shows it twice, the moment of the change
    /// where it skips it. At the ends of the calendar, its first or last instant.
    /// </summary>
    public DateTimeOffset At(DateTime wallClock) => Calendar.ToInstant(clock.First(wallClock.Ticks));

    /// <summary>The last instant, not after the given one, at which a day's clock comes to that time.</summary>
    public DateTimeOffset LastAt(TimeOnly time, DateTimeOffset until)
    {
        for (var day = DayOf(until); day > DateOnly.MinValue; day = day.AddDays(-1))
            if (At(day, time) is var candidate && candidate <= until)
                return candidate;
        return until;
    }

    /// <summary>The first instant, not before the given one, at which a day's clock comes to that time.</summary>
    public DateTimeOffset NextAt(TimeOnly time, DateTimeOffset from)
    {
        // Note: a time that the day before skipped comes as this day begins.
        var first = DayOf(from);
        if (first > DateOnly.MinValue)
            first = first.AddDays(-1);
        for (var day = first; day < DateOnly.MaxValue; day = day.AddDays(1))
            if (At(day, time) is var candidate && candidate >= from)
                return candidate;
        return from;
    }

    public override string ToString() => Id;

    /// <summary>The zone's clock in ticks, for the arithmetic of periods.</summary>
    internal WallClock Clock => clock;
}
