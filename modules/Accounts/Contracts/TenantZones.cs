using Loyalty.Events.Contracts;

namespace Loyalty.Accounts.Contracts;

/// <summary>The time zones of a pass's tenants, as they are when the pass begins: what is decided counts on their days.</summary>
public sealed class TenantZones(IReadOnlyDictionary<string, TimeZoneInfo> zones)
{
    public TimeZoneInfo Of(string tenant) => zones[tenant];
}

/// <summary>Days of a zone.</summary>
public static class LocalDays
{
    /// <summary>The zone of the tenant whose entry is being decided.</summary>
    public static TimeZoneInfo Zone(this Pass pass) => pass.Held<TenantZones>().Of(pass.Entry.Tenant);

    public static DateOnly DayOf(this TimeZoneInfo zone, DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>Note: where a daylight-saving change skips midnight, the day begins when the clock shows it first.</summary>
    public static DateTimeOffset StartOf(this TimeZoneInfo zone, DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset).ToUniversalTime();
    }
}
