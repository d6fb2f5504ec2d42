using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Loyalty.Web;

/// <summary>
/// Holds JSON against the type it was to be read as, and finds what does not fit by looking at both. Note: the serializer
/// says what it did not like in sentences, in which callers' own words stand as well; nothing can be read out of those for
/// certain.
/// </summary>
internal sealed class JsonShape
{
    private const int MostFaults = 8;
    private const string Null = "This must not be null.";

    /// <summary>A property's own converter, as the first of the usual settings.</summary>
    private static readonly ConcurrentDictionary<(JsonSerializerOptions, JsonConverter), JsonSerializerOptions>
        Converting = new();

    private readonly Dictionary<string, string[]> faults = new(StringComparer.Ordinal);
    private readonly JsonSerializerOptions options;
    private bool isMalformed;
    private bool isIncomplete;

    private JsonShape(JsonSerializerOptions options) => this.options = options;

    /// <summary>Null when nothing is found.</summary>
    public static UnreadableJson? Explain(JsonElement json, Type type, JsonSerializerOptions options)
    {
        var shape = new JsonShape(options);
        shape.Look(json, new Place(JsonPath.Root, type, null, null));
        var code = shape.isMalformed ? UnreadableJson.Malformed : shape.isIncomplete ? UnreadableJson.Missing : UnreadableJson.NotValid;
        return shape.faults.Count == 0 ? null : new UnreadableJson(code, shape.faults);
    }

    private void Look(JsonElement json, Place place)
    {
        if (faults.Count == MostFaults)
            return;
        if (OptionalTypes.Inner(place.Type) is { } optional)
        {
            if (json.ValueKind != JsonValueKind.Null)
                Look(json, place with { Type = optional });
            return;
        }
        if (json.ValueKind == JsonValueKind.Null)
        {
            // Note: whoever asks knows whether null is allowed here; a value type does not allow it by itself.
            if (place.Type.IsValueType && Nullable.GetUnderlyingType(place.Type) is null)
                Malformed(place.Path, Null);
            return;
        }
        var type = options.GetTypeInfo(Nullable.GetUnderlyingType(place.Type) ?? place.Type);
        switch (place.Converter is null ? type.Kind : JsonTypeInfoKind.None)
        {
            case JsonTypeInfoKind.Object:
                LookAtObject(json, type, place);
                break;
            case JsonTypeInfoKind.Enumerable:
                LookAtItems(json, type, place);
                break;
            case JsonTypeInfoKind.Dictionary:
                LookAtValues(json, type, place);
                break;
            default:
                LookAtValue(json, type, place);
                break;
        }
    }

    private void LookAtObject(JsonElement json, JsonTypeInfo type, Place place)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Malformed(place.Path, $"Expected {JsonKind.Of(type.Type)}.");
            return;
        }
        if (type.PolymorphismOptions is { } kinds)
        {
            if (KindOf(json, kinds, place.Path) is { } kind)
                LookAtObject(json, options.GetTypeInfo(kind), place);
            return;
        }
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
            if (PropertyOf(type, member.Name) is { } property)
            {
                given.Add(property.Name);
                Look(member.Value, property, JsonPath.Member(place.Path, property.Name));
            }
        foreach (var property in type.Properties)
            if (property.IsRequired && !given.Contains(property.Name))
            {
                isIncomplete = true;
                Fault(JsonPath.Member(place.Path, property.Name), "This field is required.");
            }
    }

    private void Look(JsonElement json, JsonPropertyInfo property, string path)
    {
        if (property.Set is null && property.AssociatedParameter is null)
            return;
        if (json.ValueKind == JsonValueKind.Null && !property.IsSetNullable)
            Malformed(path, Null);
        else
            Look(json, new Place(path, property.PropertyType, Nullability.Of(property), property.CustomConverter));
    }

    private void LookAtItems(JsonElement json, JsonTypeInfo type, Place place)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            Malformed(place.Path, "Expected an array.");
            return;
        }
        var index = 0;
        foreach (var item in json.EnumerateArray())
            LookAtItem(item, place.ItemOf(JsonPath.Item(place.Path, index++), type.ElementType!));
    }

    private void LookAtValues(JsonElement json, JsonTypeInfo type, Place place)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Malformed(place.Path, "Expected an object.");
            return;
        }
        foreach (var member in json.EnumerateObject())
            LookAtItem(member.Value, place.ItemOf(JsonPath.Member(place.Path, member.Name), type.ElementType!));
    }

    private void LookAtItem(JsonElement json, Place place)
    {
        if (json.ValueKind == JsonValueKind.Null && Nullability.Forbids(place.Nullability))
            Fault(place.Path, Null);
        else
            Look(json, place);
    }

    private void LookAtValue(JsonElement json, JsonTypeInfo type, Place place)
    {
        try
        {
            if (place.Converter is { } converter)
                json.Deserialize(place.Type, Converting.GetOrAdd((options, converter), WithConverter));
            else
                json.Deserialize(type);
        }
        catch (BadValueException error)
        {
            Malformed(place.Path, error.Message);
        }
        catch (Exception error)
            when (error is JsonException or NotSupportedException or FormatException or InvalidOperationException)
        {
            Malformed(place.Path, $"Expected {JsonKind.Of(type.Type)}.");
        }
    }

    private static JsonSerializerOptions WithConverter((JsonSerializerOptions Options, JsonConverter Converter) wanted)
    {
        var settings = new JsonSerializerOptions(wanted.Options);
        settings.Converters.Insert(0, wanted.Converter);
        return settings;
    }

    private Type? KindOf(JsonElement json, JsonPolymorphismOptions kinds, string path)
    {
        var discriminator = kinds.TypeDiscriminatorPropertyName;
        var names = string.Join(", ", kinds.DerivedTypes.Select(kind => kind.TypeDiscriminator));
        if (!json.TryGetProperty(discriminator, out var named))
        {
            Malformed(path, $"Name the kind of this object in its discriminator \"{discriminator}\", one of {names}.");
            return null;
        }
        var name = named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        var kind = kinds.DerivedTypes.FirstOrDefault(known => known.TypeDiscriminator as string == name).DerivedType;
        if (kind is null)
            Malformed(path, $"The kind named here in \"{discriminator}\" does not exist. It is one of {names}.");
        return kind;
    }

    private JsonPropertyInfo? PropertyOf(JsonTypeInfo type, string name) =>
        type.Properties.FirstOrDefault(property => property.Name == name)
        ?? type.Properties.FirstOrDefault(property =>
            options.PropertyNameCaseInsensitive && string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase));

    private void Malformed(string path, string message)
    {
        isMalformed = true;
        Fault(path, message);
    }

    private void Fault(string path, string message)
    {
        if (faults.Count < MostFaults)
            faults.TryAdd(path, [message]);
    }

    /// <param name="Nullability">What the declaration says about null, where there is one.</param>
    /// <param name="Converter">The property's own, instead of that of its type.</param>
    private sealed record Place(string Path, Type Type, NullabilityInfo? Nullability, JsonConverter? Converter)
    {
        public Place ItemOf(string path, Type type) => new(path, type, Web.Nullability.OfItems(Nullability), null);
    }
}
