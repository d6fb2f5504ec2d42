using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Loyalty.ApiTests.Fuzz;

/// <summary>
/// Makes values that fit a schema, as far as a schema says it, out of few names, so that requests meet.
/// </summary>
internal sealed class Samples(JsonNode document)
{
    private static readonly string[] Words =
    [
        "STANDARD", "COMPLETED", "NEW", "CANCELLED", "tags.vip", "counters.orders", "properties.color",
        "header.created", "header.lastOrder", "venues.old-town", "P30D", "PT1H", "-P30D", "true", "contact", "push",
        "vip", "my_color", "ABCDEF", "state-1", "state-2", "13.99", "5", "PLN", "Europe/Warsaw", "ROLE_LOYALTY",
        "https://example.com/hook", "a-secret-of-the-fuzzer", "burger", "CUSTOMER", "DINE_IN",
    ];

    private static readonly DateTimeOffset Day = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public JsonNode? Of(JsonNode? schema, Chance chance, int depth = 0)
    {
        if (schema?["$ref"] is { } reference)
            return Of(Resolve((string)reference!), chance, depth);
        if (schema?["oneOf"] is JsonArray kinds)
            return OfKind(schema, kinds, chance, depth);
        if (schema?["enum"] is JsonArray choices)
            return chance.Of([.. choices])?.DeepClone();
        if (schema?["examples"] is JsonArray { Count: > 0 } examples && chance.Percent(50))
            return chance.Of([.. examples])?.DeepClone();
        return TypeOf(schema) switch
        {
            "object" => OfObject(schema!, chance, depth),
            "array" => OfArray(schema!, chance, depth),
            "integer" => JsonValue.Create((int)Number(schema!, chance)),
            "number" => JsonValue.Create(Number(schema!, chance)),
            "boolean" => JsonValue.Create(chance.Percent(50)),
            _ => JsonValue.Create(Text(schema, chance)),
        };
    }

    private static string Text(JsonNode? schema, Chance chance)
    {
        switch ((string?)schema?["format"])
        {
            case "date":
                return Day.AddDays(chance.Between(-20_000, 200)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            case "date-time":
                return Day.AddHours(chance.Between(-10_000, 2_000)).ToString("O", CultureInfo.InvariantCulture);
        }
        if ((string?)schema?["pattern"] is { } pattern)
        {
            var regex = new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
            var fitting = Names.All.Concat(Words).Where(word => regex.IsMatch(word)).ToArray();
            return fitting.Length > 0 ? chance.Of(fitting) : "x";
        }
        var least = (int?)schema?["minLength"] ?? 0;
        var word = chance.Of(chance.Percent(50) ? Names.All : Words);
        return word.Length < least ? word.PadRight(least, 'x') : word;
    }

    private JsonNode? OfKind(JsonNode schema, JsonArray kinds, Chance chance, int depth)
    {
        var chosen = chance.Of([.. kinds]);
        if ((string?)chosen?["$ref"] is not { } kind || schema["discriminator"] is null)
            return Of(chosen, chance, depth);
        var value = Of(Resolve(kind), chance, depth)!.AsObject();
        if (schema["discriminator"] is { } named)
            value[(string)named["propertyName"]!] = named["mapping"]!.AsObject().First(pair => (string)pair.Value! == kind).Key;
        return value;
    }

    private JsonObject OfObject(JsonNode schema, Chance chance, int depth)
    {
        var value = new JsonObject();
        var required = schema["required"]?.AsArray().Select(name => (string)name!).ToHashSet() ?? [];
        foreach (var (name, property) in schema["properties"]?.AsObject() ?? [])
            if (required.Contains(name) || (depth < 6 && chance.Percent(40)))
                value[name] = Of(property, chance, depth + 1);
        if (schema["additionalProperties"] is JsonObject any)
            for (var i = chance.Below(3); i > 0; i--)
                value[chance.Of(Words)] = Of(any, chance, depth + 1);
        return value;
    }

    private JsonArray OfArray(JsonNode schema, Chance chance, int depth)
    {
        var least = (int?)schema["minItems"] ?? 0;
        var count = depth > 6 ? least : chance.Between(least, Math.Min((int?)schema["maxItems"] ?? 3, least + 2));
        return [.. Enumerable.Range(0, count).Select(_ => Of(schema["items"], chance, depth + 1))];
    }

    private JsonNode Resolve(string reference) => document["components"]!["schemas"]![reference.Split('/')[^1]]!;

    private static decimal Number(JsonNode schema, Chance chance) =>
        chance.Between((int)((decimal?)schema["minimum"] ?? -5), (int)Math.Min((decimal?)schema["maximum"] ?? 50, 1_000));

    private static string? TypeOf(JsonNode? schema) => schema?["type"] switch
    {
        JsonArray types => types.Select(type => (string)type!).FirstOrDefault(type => type != "null"),
        JsonValue type when type.GetValueKind() == JsonValueKind.String => (string)type!,
        _ => schema?["properties"] is null ? null : "object",
    };
}
