using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Web;

/// <summary>
/// Fields of a body that nothing reads. One that is nearly the name of a field that is absent was meant as that field, and is refused, as is every one
/// under <c>Prefer: handling=strict</c>; the others are told as warnings.
/// </summary>
internal sealed class UnknownFields
{
    private const int MostFound = 16;
    private const int MostLetters = 2;
    private const string Warnings = "Loyalty.Web.Warnings";

    private readonly JsonSerializerOptions options;
    private readonly List<Found> found = [];

    private UnknownFields(JsonSerializerOptions options) => this.options = options;

    /// <summary>Null when the body may be read; what has no effect is kept for <see cref="WarningsOf"/>.</summary>
    public static ProblemHttpResult? Check(HttpContext context, ReadOnlyMemory<byte> json, Type request, Type answer, JsonSerializerOptions options)
    {
        using var document = JsonDocument.Parse(json);
        var fields = new UnknownFields(options);
        fields.Look(document.RootElement, "", request, answer);
        var isStrict = context.Request.Headers["Prefer"].Any(preference => preference?.Contains("handling=strict", StringComparison.OrdinalIgnoreCase) == true);
        Found[] refused = [.. fields.found.Where(field => isStrict || field.IsMistyped)];
        context.Items[Warnings] = fields.found.Select(field => $"{field.Path}: {field.Message}").ToArray();
        return refused.Length == 0 ? null : Problems.Of(
            StatusCodes.Status400BadRequest, "unknown_field", string.Join(" ", refused.Select(field => $"{field.Path}: {field.Message}")),
            refused.DistinctBy(field => field.Path).ToDictionary(field => field.Path, field => new[] { field.Message }));
    }

    public static IReadOnlyList<string>? WarningsOf(HttpContext context) =>
        context.Items[Warnings] is string[] { Length: > 0 } warnings ? warnings : null;

    /// <summary>How many letters must be changed, added, left out or swapped with their neighbour to make one text of the other.</summary>
    public static int Distance(string one, string other)
    {
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= other.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= one.Length; i++)
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = rows[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, replaced);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        return rows[one.Length, other.Length];
    }

    private void Look(JsonElement json, string path, Type type, Type? answer)
    {
        if (found.Count >= MostFound)
            return;
        var info = options.GetTypeInfo(OptionalTypes.Inner(type) ?? Nullable.GetUnderlyingType(type) ?? type);
        if (info.Kind == JsonTypeInfoKind.Object && json.ValueKind == JsonValueKind.Object)
            LookAtObject(json, path, info, answer);
        else if (info.Kind == JsonTypeInfoKind.Enumerable && json.ValueKind == JsonValueKind.Array)
            foreach (var (index, item) in json.EnumerateArray().Index())
                Look(item, $"{path}[{index}]", info.ElementType!, null);
    }

    private void LookAtObject(JsonElement json, string path, JsonTypeInfo info, Type? answer)
    {
        var discriminator = info.PolymorphismOptions?.TypeDiscriminatorPropertyName;
        if (discriminator is not null && KindOf(json, info.PolymorphismOptions!) is { } kind)
            info = options.GetTypeInfo(kind);
        string[] known = [.. info.Properties.Select(property => property.Name), .. AnsweredBy(answer), .. discriminator is null ? Array.Empty<string>() : [discriminator]];
        var given = json.EnumerateObject().Select(member => member.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var member in json.EnumerateObject())
            if (info.Properties.FirstOrDefault(property => Same(property.Name, member.Name)) is { } property)
                Look(member.Value, Join(path, property.Name), property.PropertyType, null);
            else if (!known.Any(name => Same(name, member.Name)) && found.Count < MostFound)
                found.Add(Describe(Join(path, member.Name), member.Name, known, given));
    }

    private static Found Describe(string path, string name, string[] known, HashSet<string> given)
    {
        var near = known.Select(field => (Field: field, Letters: Distance(field, name))).OrderBy(field => field.Letters).ToArray();
        var meant = near.FirstOrDefault(field => field.Letters <= MostLetters && field.Letters < name.Length && !given.Contains(field.Field)).Field;
        return new(path, $"There is no such field; it has no effect. The nearest is {meant ?? near[0].Field}.", meant is not null);
    }

    private IEnumerable<string> AnsweredBy(Type? answer) =>
        answer is null ? [] : options.GetTypeInfo(answer).Properties.Select(property => property.Name);

    private static Type? KindOf(JsonElement json, JsonPolymorphismOptions kinds) =>
        json.TryGetProperty(kinds.TypeDiscriminatorPropertyName, out var named) && named.ValueKind == JsonValueKind.String
            ? kinds.DerivedTypes.FirstOrDefault(kind => kind.TypeDiscriminator as string == named.GetString()).DerivedType
            : null;

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static string Join(string path, string name) => path.Length == 0 ? JsonPath.Member(JsonPath.Root, name) : JsonPath.Member(path, name);

    private sealed record Found(string Path, string Message, bool IsMistyped);
}

/// <summary>What of an operation's body nothing reads is told or refused.</summary>
/// <param name="Answer">Fields that it answers are accepted, too.</param>
internal sealed record TellsUnknownFields(Type Answer);
