using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Loyalty.Time;

namespace Loyalty.Web;

/// <summary>How JSON is read and written, everywhere in the API.</summary>
public static class JsonSettings
{
    /// <summary>The same settings for those who write JSON outside of a request.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>
    /// camelCase, absent values left out, enums as <c>UPPER_SNAKE</c>, instants in UTC. Unknown properties are ignored,
    /// wrong types refused, null means absent where a field is optional; a discriminator may stand anywhere in its
    /// object.
    /// </summary>
    internal static void Apply(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.AllowOutOfOrderMetadataProperties = true;
        json.TypeInfoResolver = (json.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver())
            .WithAddedModifier(AllowAbsentNullables)
            .WithAddedModifier(KindsInJson.Apply)
            .WithAddedModifier(Nullability.TakeNullAsAbsent)
            .WithAddedModifier(Nullability.RefuseNullItems);
        json.Converters.Add(new UpperSnakeEnumConverter());
        json.Converters.Add(new UtcInstantConverter());
        json.Converters.Add(new IsoTimeConverter());
    }

    /// <summary>Note: absent and null mean the same here, so a nullable constructor parameter is not required.</summary>
    private static void AllowAbsentNullables(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            if (property.AssociatedParameter is { IsNullable: true })
                property.IsRequired = false;
    }

    private static JsonSerializerOptions Create()
    {
        var json = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(json);
        json.MakeReadOnly(populateMissingResolver: true);
        return json;
    }
}

/// <summary>ISO 8601; written in UTC with a <c>Z</c>. A time that names no offset is read in the zone of the request.</summary>
internal sealed class UtcInstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && IsoTime.Read(reader.GetString(), RequestZone.Current) is { } instant)
            return instant;
        throw new BadValueException("Expected an instant such as 2026-02-28T12:00:00Z.");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(IsoTime.Print(value));
}
