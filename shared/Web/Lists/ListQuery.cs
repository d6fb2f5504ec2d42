using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Loyalty.Web;

/// <summary>
/// Which part of a list is asked for, in either react-admin dialect: <c>filter={…}&amp;range=[0,24]&amp;sort=["id","ASC"]</c>,
/// or <c>_start, _end, _sort, _order</c> with the filter's fields as plain parameters. <c>id</c> may be repeated.
/// </summary>
/// <param name="Filter">Field to its values, as text; several values mean any of them.</param>
public sealed record ListQuery(int Skip, int Take, string? Sort, bool Descending, IReadOnlyDictionary<string, IReadOnlyList<string>> Filter)
{
    public const int MaxTake = 1000;

    /// <summary>Note: texts are searched for by regular expressions, of which databases take none that is very long.</summary>
    public const int LongestSearch = 256;

    private static readonly string[] Reserved = ["filter", "range", "sort", "_start", "_end", "_sort", "_order", "separator", "excel"];

    public string? First(string field) => Filter.GetValueOrDefault(field) is [var first, ..] ? first : null;

    /// <summary>The one value of a field; null where it is not given, or is an empty input of a form.</summary>
    public string? One(string field) => Filter.GetValueOrDefault(field) switch
    {
        null or [] or [""] => null,
        [var value] => value,
        _ => throw new BadParameterException(field, "Give one value only."),
    };

    /// <summary>The values of a field, any of which will do. Note: an empty text is an empty input of a form; an empty list is nobody.</summary>
    public IReadOnlyList<string>? Any(string field) => Filter.GetValueOrDefault(field) is { } values and not [""] ? values : null;

    /// <summary>Refuses a field that is no property of <typeparamref name="TFields"/>: what is not known is never left out.</summary>
    /// <param name="items">What is listed, such as <c>Accounts</c>.</param>
    public void RequireFieldsOf<TFields>(string items)
    {
        string[] fields = [.. typeof(TFields).GetProperties().Select(field => JsonNamingPolicy.CamelCase.ConvertName(field.Name))];
        if (Filter.Keys.FirstOrDefault(field => !fields.Contains(field)) is { } unknown)
            throw new BadParameterException(unknown, $"{items} are not filtered by this. The filter's fields are {string.Join(", ", fields)}.");
    }

    public static ValueTask<ListQuery?> BindAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (skip, take) = query.ContainsKey("range") ? Range(query["range"]!) : StartEnd(query);
        var (sort, descending) = query.ContainsKey("sort") ? SortPair(query["sort"]!) : (Text(query, "_sort"), IsDescending(Text(query, "_order")));
        var filter = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (field, values) in query.Where(parameter => !Reserved.Contains(parameter.Key)))
            filter[field] = [.. values.OfType<string>()];
        foreach (var (field, values) in FilterObject(Text(query, "filter")))
            filter[field] = values;
        if (filter.GetValueOrDefault("q") is { } search && search.Any(text => text.Length > LongestSearch))
            throw new BadParameterException("q", $"Search for at most {LongestSearch} characters.");
        return ValueTask.FromResult<ListQuery?>(new ListQuery(skip, take, sort, descending, filter));
    }

    private static (int, int) StartEnd(IQueryCollection query)
    {
        var start = Number(Text(query, "_start") ?? "0", "_start");
        return Window(start, Text(query, "_end") is { } end ? Number(end, "_end") - start : MaxTake, "_end");
    }

    private static (int, int) Range(string text)
    {
        var range = Json<int[]>(text, "range", "[0,24]");
        return range is [var from, var to] ? Window(from, to - from + 1, "range") : throw Bad("range", "[0,24]");
    }

    private static (int, int) Window(int skip, int take, string parameter) =>
        skip < 0 || take < 0 ? throw Bad(parameter, "numbers that do not run backwards") : (skip, Math.Min(take, MaxTake));

    private static (string?, bool) SortPair(string text) =>
        Json<string[]>(text, "sort", "[\"id\",\"ASC\"]") is [var field, var order] ? (field, IsDescending(order)) : throw Bad("sort", "[\"id\",\"ASC\"]");

    private static bool IsDescending(string? order) => string.Equals(order, "DESC", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(string, IReadOnlyList<string>)> FilterObject(string? text) =>
        string.IsNullOrEmpty(text) ? [] : Json<Dictionary<string, JsonElement>>(text, "filter", "{\"field\":\"value\"}")
            .Where(field => field.Value.ValueKind is not JsonValueKind.Null)
            .Select(field => (field.Key, Values(field.Key, field.Value)));

    private static IReadOnlyList<string> Values(string field, JsonElement value) =>
        value.ValueKind is JsonValueKind.Array
            ? [.. value.EnumerateArray().Select((item, index) => Item(field, item, index))]
            : [value.ToString()];

    private static string Item(string field, JsonElement item, int index) =>
        item.ValueKind is not JsonValueKind.Null
            ? item.ToString()
            : throw new BadParameterException($"{UnicodeText.Shown(field)}[{index}]", "This must not be null.");

    private static string? Text(IQueryCollection query, string name) => query.TryGetValue(name, out var value) ? value[0] : null;

    private static int Number(string text, string parameter) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Bad(parameter, "a number");

    private static T Json<T>(string text, string parameter, string like) =>
        JsonInput.TryRead<T>(Encoding.UTF8.GetBytes(text), out var value, out var unreadable)
            ? value
            : throw new BadParameterException(parameter, $"Expected {like}. {unreadable!.Sentence}");

    private static BadParameterException Bad(string parameter, string like) => new(parameter, $"Expected {like}.");
}
