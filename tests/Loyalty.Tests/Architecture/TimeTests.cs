using System.Reflection;

namespace Loyalty.Tests.Architecture;

public sealed class TimeTests
{
    private static IEnumerable<Assembly> Ours =>
        Directory.GetFiles(AppContext.BaseDirectory, "Loyalty.*.dll")
            .Select(Path.GetFileNameWithoutExtension)
            .Where(name => !name!.EndsWith("Tests", StringComparison.Ordinal))
            .Select(name => Assembly.Load(name!));

    [Fact]
    public void Nobody_but_shared_Time_knows_zones_and_calendars()
    {
        Assert.True(Ours.Count() >= 11, string.Join(", ", Ours));
        var time = typeof(Loyalty.Time.Zone).Assembly;
        Assert.All(Ours.Where(assembly => assembly != time), assembly => Assert.Empty(TimeRules.ZonesKnownTo(assembly)));
        Assert.NotEmpty(TimeRules.ZonesKnownTo(time));
    }

    [Fact]
    public void Whoever_is_planted_with_a_zone_of_his_own_is_found() => Assert.Equal(
        [
            "Loyalty.Tests uses NodaTime.DateTimeZone: ask shared/Time.",
            "Loyalty.Tests uses System.TimeZoneInfo: ask shared/Time.",
            "Loyalty.Tests uses System.Xml.XmlConvert: ask shared/Time.",
        ],
        TimeRules.ZonesKnownTo(typeof(Planted.ZoneKeeper).Assembly));
}
