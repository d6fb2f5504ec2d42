using System.Text;
using Loyalty.Accounts.Contracts;
using Loyalty.Web;

namespace Loyalty.Accounts;

/// <summary>Reads the filter out of a list's query, in either dialect; what it does not know is refused, never left out.</summary>
internal static class AccountFilterReader
{
    private const int MaxConstraints = 16;

    public static AccountFilter Read(ListQuery query)
    {
        query.RequireFieldsOf<AccountFilter>("Accounts");
        return new AccountFilter
        {
            Q = query.One("q"),
            Id = query.Any("id"),
            Card = query.Any("card"),
            Phone = query.Any("phone"),
            Email = query.Any("email"),
            Tag = query.Any("tag"),
            Venue = query.Any("venue"),
            Segment = query.Any("segment"),
            Campaign = query.Any("campaign"),
            State = query.Any("state"),
            CreatedFrom = query.One("createdFrom"),
            CreatedTo = query.One("createdTo"),
            LastOrderFrom = query.One("lastOrderFrom"),
            LastOrderTo = query.One("lastOrderTo"),
            Constraints = ReadConstraints(query),
        };
    }

    private static List<Constraint>? ReadConstraints(ListQuery query)
    {
        if (query.Any("constraints") is not { } texts)
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
        if (JsonInput.TryRead<T>(Encoding.UTF8.GetBytes(text), out var value, out var unreadable))
            return value;
        var (field, messages) = unreadable!.Errors.First();
        var place = field.StartsWith('$') ? $"{path}{field[1..]}" : $"{path}.{field}";
        throw new BadParameterException(place, string.Join(" ", messages));
    }

    /// <summary>Note: the list itself is no field of a type, so that nothing but this refuses null in it.</summary>
    private static (string Part, string Message)? FaultOf(Constraint? constraint) => constraint switch
    {
        null => ("", "Expected a constraint, not null."),
        _ => constraint.Fault() is (var part, var fault) ? ($".{part}", fault) : null,
    };
}
