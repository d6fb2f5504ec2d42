using System.Globalization;
using Loyalty.Time;

namespace Loyalty.Tests.Time;

/// <summary>Instants and zones for properties: many of them lie where a clock is changed or a month ends.</summary>
internal static class Moments
{
    private static readonly string[] Ids = [.. Zone.Ids.Order(StringComparer.Ordinal)];
    private static readonly long Last = new DateTimeOffset(2090, 1, 1, 0, 0, 0, TimeSpan.Zero).Ticks;
    private static readonly long First = new DateTimeOffset(1860, 1, 1, 0, 0, 0, TimeSpan.Zero).Ticks;

    /// <summary>Any zone of the IANA database.</summary>
    public static Zone AnyZone(uint seed) => Zone.Of(Ids[seed % (uint)Ids.Length]);

    /// <summary>
    /// An instant of the last or next decades, often within two days of a change of the zone's clock.
    /// </summary>
    public static DateTimeOffset AnyInstant(Random random, Zone zone)
    {
        var instant = Any(random);
        if (random.Next(3) > 0 && zone.Clock.ChangeAfter(instant.Ticks) is { } change)
            instant = new DateTimeOffset(change, TimeSpan.Zero) + TimeSpan.FromSeconds(random.Next(-172_800, 172_800));
        return random.Next(4) == 0
            ? instant.AddTicks(random.Next(10_000_000))
            : instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMinute));
    }

    public static DateTimeOffset Any(Random random) => DateTimeOffset.UnixEpoch.AddMilliseconds(
        random.NextInt64(First, Last) / TimeSpan.TicksPerMillisecond - DateTimeOffset.UnixEpoch.Ticks / TimeSpan.TicksPerMillisecond);

    /// <summary>A period of up to some years, to either side.</summary>
    public static CalendarPeriod AnyPeriod(Random random)
    {
        var sign = random.Next(2) == 0 ? "-" : "";
        var date = $"{Seldom(3, 5)}Y{random.Next(14)}M{Seldom(3, 9)}W{Seldom(2, 40)}D";
        return CalendarPeriod.Read($"{sign}P{date}T{Seldom(2, 30)}H{Seldom(2, 100)}.{random.Next(1000)}S")!.Value;

        int Seldom(int oneIn, int below) => random.Next(oneIn) == 0 ? random.Next(below) : 0;
    }

    public static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
