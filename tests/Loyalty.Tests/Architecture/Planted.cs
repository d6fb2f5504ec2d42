using Loyalty.Modularity;

// Note: offenders, planted so that each rule is seen to fail.
namespace Loyalty.Tests.Architecture.Planted
{
    [DependsOn(typeof(StatsModule))]
    public sealed class EventsModule : AppModule;

    public sealed class StatsModule : AppModule;

    public sealed class Leaked;

    internal static class ClockReader
    {
#pragma warning disable RS0030
        public static DateTimeOffset Now() => DateTimeOffset.UtcNow;
#pragma warning restore RS0030
    }

    internal static class ZoneKeeper
    {
        public static string Names() => $"{TimeZoneInfo.Utc} {NodaTime.DateTimeZone.Utc} {System.Xml.XmlConvert.ToTimeSpan("P1D")}";
    }
}

namespace Loyalty.Tests.Architecture.Planted.Contracts
{
    public sealed class Said;
}
