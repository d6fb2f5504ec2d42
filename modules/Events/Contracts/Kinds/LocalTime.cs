using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loyalty.Events.Contracts;

/// <summary>A time as a till gives it: an instant, or a wall-clock time in the tenant's zone.</summary>
[JsonConverter(typeof(LocalTimeConverter))]
public readonly record struct LocalTime(DateTime Clock, TimeSpan? Offset)
{
    /// <summary>
    /// Note: a wall-clock time that a daylight-saving change skips is read with the offset before the change, one that
    /// occurs twice with the zone's standard offset.
    /// </summary>
    public DateTimeOffset In(TimeZoneInfo zone)
    {
        if (Offset is { } offset)
            return new DateTimeOffset(Clock, offset).ToUniversalTime();
        var standing = zone.IsInvalidTime(Clock) ? zone.GetUtcOffset(Clock.AddHours(-1)) : zone.GetUtcOffset(Clock);
        return new DateTimeOffset(Clock, standing).ToUniversalTime();
    }

    public LocalTime AsInstant(TimeZoneInfo zone) => new(DateTime.SpecifyKind(In(zone).UtcDateTime, DateTimeKind.Unspecified), TimeSpan.Zero);
}

public sealed class LocalTimeConverter : JsonConverter<LocalTime>
{
    public override LocalTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        if (text is not { Length: >= 10 } || !char.IsAsciiDigit(text[0]))
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

    private static JsonException Unreadable() => new("A time is written as 2026-02-28T12:30:00 (in the tenant's zone) or 2026-02-28T12:30:00Z.");
}
