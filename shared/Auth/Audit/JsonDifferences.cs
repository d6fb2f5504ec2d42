using System.Text.Json;
using System.Text.Json.Nodes;
using Loyalty.Web;

namespace Loyalty.Auth;

/// <summary>What is different between two things that the API shows, field by field, for the audit log. Pure.</summary>
public static class JsonDifferences
{
    private const int Longest = 500;
    private const int Most = 100;

    private static readonly string[] Names = ["id", "name"];

    /// <summary>Items of lists that have an id or a name are compared one by one; anything else as a whole.</summary>
    /// <param name="before">Null: there was none.</param>
    /// <param name="after">Null: there is none any more.</param>
    public static IReadOnlyList<AuditChange> Of(object? before, object? after) =>
        [.. Of("", JsonSerializer.SerializeToNode(before, JsonSettings.Options), JsonSerializer.SerializeToNode(after, JsonSettings.Options)).Take(Most)];

    private static IEnumerable<AuditChange> Of(string path, JsonNode? before, JsonNode? after)
    {
        if (JsonNode.DeepEquals(before, after))
            return [];
        var (known, wanted) = (Parts(before), Parts(after));
        return known is null && wanted is null || known is null && before is not null || wanted is null && after is not null
            ? [new AuditChange(path, Text(before), Text(after))]
            : (known ?? []).Keys.Union((wanted ?? []).Keys).SelectMany(name => Of(
                path.Length == 0 ? name : $"{path}.{name}", known?.GetValueOrDefault(name), wanted?.GetValueOrDefault(name)));
    }

    private static Dictionary<string, JsonNode?>? Parts(JsonNode? node) => node switch
    {
        JsonObject fields => fields.ToDictionary(field => field.Key, field => field.Value),
        JsonArray { Count: > 0 } items when items.All(item => NameOf(item) is not null) && items.DistinctBy(NameOf).Count() == items.Count =>
            items.ToDictionary(item => NameOf(item)!, item => item),
        _ => null,
    };

    private static string? NameOf(JsonNode? item) => item is JsonObject fields
        ? Names.Select(name => fields[name]).OfType<JsonValue>().FirstOrDefault()?.ToString()
        : null;

    private static string? Text(JsonNode? node)
    {
        var text = node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : node?.ToJsonString(JsonSettings.Options);
        return text?.Length > Longest ? $"{text[..Longest]}…" : text;
    }
}
