using System.Text.Json;
using System.Text.Json.Serialization;
using Loyalty.Time;

namespace Loyalty.Web;

/// <summary>A time in JSON, as it was written: with an offset or without.</summary>
internal sealed class IsoTimeConverter : JsonConverter<IsoTime>
{
    public override IsoTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && IsoTime.TryParse(reader.GetString(), out var time)
            ? time
            : throw new JsonException(
                "A time is written as 2026-02-28T12:30:00 (in the tenant's zone) or 2026-02-28T12:30:00Z.");

    public override void Write(Utf8JsonWriter writer, IsoTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
