using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Loyalty.Web;

namespace Loyalty.Events.Contracts;

/// <summary>A time as a till gives it: an instant, or a wall-clock time in the tenant's zone.</summary>
[JsonConverter(typeof(LocalTimeConverter))]
public readonly record struct LocalTime(DateTime Clock, TimeSpan? Offset)
{
    /// <summary>Whether it is an instant of the calendar in whatever zone it is read.</summary>
    [JsonIgnore]
    public bool IsInCalendar => Clock.Year is > 1 and < 9999;

    /// <summary>
    /// An instant that the zone would move out of the calendar is its first or last. Note: a wall-clock time that a
    /// daylight-saving change skips is read with the offset before the change, one that occurs twice with the zone's
    /// standard offset.
    /// </summary>
    public DateTimeOffset In(TimeZoneInfo zone)
    {
        var offset = Offset ?? zone.GetUtcOffset(zone.IsInvalidTime(Clock) ? Clock.AddHours(-1) : Clock);
        var ticks = Math.Clamp(Clock.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    public LocalTime AsInstant(TimeZoneInfo zone) => new(DateTime.SpecifyKind(In(zone).UtcDateTime, DateTimeKind.Unspecified), TimeSpan.Zero);
}

public sealed class LocalTimeConverter : JsonConverter<LocalTime>
{
    public override LocalTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        if (text is not { Length: >= 10 and <= 64 } || !char.IsAsciiDigit(text[0]))
            throw Unreadable();
        if (DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var clock) && clock.Kind == DateTimeKind.Unspecified)
            return new LocalTime(clock, null);
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
            throw Unreadable();
        return new LocalTime(instant.DateTime, instant.Offset);
    }

    public override void Write(Utf8JsonWriter writer, LocalTime value, JsonSerializerOptions options) => writer.WriteStringValue(
        value.Offset is { } offset
            ? new DateTimeOffset(value.Clock, offset).UtcDateTime.ToString("O", CultureInfo.InvariantCulture)
            : value.Clock.ToString("O", CultureInfo.InvariantCulture));

    private static BadValueException Unreadable() => new("A time is written as 2026-02-28T12:30:00 (in the tenant's zone) or 2026-02-28T12:30:00Z.");
}
