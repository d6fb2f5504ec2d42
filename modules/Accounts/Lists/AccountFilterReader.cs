using System.Text.Json;
using Loyalty.Accounts.Contracts;
using Loyalty.Web;

namespace Loyalty.Accounts;

/// <summary>Reads the filter out of a list's query, in either dialect; what it does not know is refused, never left out.</summary>
internal static class AccountFilterReader
{
    private const int MaxConstraints = 16;

    private static readonly string[] Fields = [.. typeof(AccountFilter).GetProperties().Select(field => JsonNamingPolicy.CamelCase.ConvertName(field.Name))];

    public static AccountFilter Read(ListQuery query)
    {
        if (query.Filter.Keys.FirstOrDefault(field => !Fields.Contains(field)) is { } unknown)
            throw new BadParameterException(unknown, $"Accounts are not filtered by this. The filter's fields are {string.Join(", ", Fields)}.");
        return new AccountFilter
        {
            Q = One(query, "q"),
            Id = Any(query, "id"),
            Card = Any(query, "card"),
            Phone = Any(query, "phone"),
            Email = Any(query, "email"),
            Tag = Any(query, "tag"),
            Venue = Any(query, "venue"),
            Segment = Any(query, "segment"),
            Campaign = Any(query, "campaign"),
            State = Any(query, "state"),
            CreatedFrom = One(query, "createdFrom"),
            CreatedTo = One(query, "createdTo"),
            LastOrderFrom = One(query, "lastOrderFrom"),
            LastOrderTo = One(query, "lastOrderTo"),
            Constraints = ReadConstraints(query),
        };
    }

    private static string? One(ListQuery query, string field) => query.Filter.GetValueOrDefault(field) switch
    {
        null or [] or [""] => null,
        [var value] => value,
        _ => throw new BadParameterException(field, "Give one value only."),
    };

    /// <summary>Note: an empty text is an empty input of a form; an empty list is nobody.</summary>
    private static IReadOnlyList<string>? Any(ListQuery query, string field) =>
        query.Filter.GetValueOrDefault(field) is { } values and not [""] ? values : null;

    private static List<Constraint>? ReadConstraints(ListQuery query)
    {
        if (Any(query, "constraints") is not { } texts)
            return null;
        var constraints = texts is [var text] && text.TrimStart().StartsWith('[') ? ReadList(text) : [.. texts.Select(ReadOne)];
        if (constraints.Count > MaxConstraints)
            throw new BadParameterException("constraints", $"At most {MaxConstraints} constraints.");
        for (var i = 0; i < constraints.Count; i++)
            if (FaultOf(constraints[i]) is (var part, var fault))
                throw new BadParameterException($"constraints[{i}]{part}", fault);
        return constraints;
    }

    private static List<Constraint> ReadList(string text) => Json<List<Constraint>>(text, "constraints");

    private static Constraint ReadOne(string text, int index) => Json<Constraint>(text, $"constraints[{index}]");

    private static T Json<T>(string text, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, JsonSettings.Options) ?? throw new JsonException("Expected a constraint, not null.");
        }
        catch (JsonException error)
        {
            var (field, messages) = BadInput.Fields(error).First();
            throw new BadParameterException(field is "$" ? path : $"{path}{(field.StartsWith("$[", StringComparison.Ordinal) ? field[1..] : $".{field}")}",
                string.Join(" ", messages));
        }
    }

    /// <summary>Note: what JSON may leave null in lists is looked for here, as no type says it.</summary>
    private static (string Part, string Message)? FaultOf(Constraint? constraint) => constraint switch
    {
        null => ("", "Expected a constraint, not null."),
        _ when constraint.Value.Contains(null!) => (".value", "A value is text, not null."),
        _ => constraint.Fault() is (var part, var fault) ? ($".{part}", fault) : null,
    };
}
