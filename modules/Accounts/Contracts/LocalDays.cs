namespace Loyalty.Accounts.Contracts;

/// <summary>Days of a zone.</summary>
public static class LocalDays
{
    /// <summary>The zone of the tenant whose entry is being decided.</summary>
    public static TimeZoneInfo Zone(this Pass pass) => pass.Value<TenantZone>(pass.Entry.Tenant).Zone;

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
