using System.Collections;

namespace Loyalty.Web;

/// <summary>Says in a caller's words what kind of value a .NET type stands for.</summary>
internal static class JsonKind
{
    private static readonly Type[] WholeNumbers = [typeof(int), typeof(long), typeof(short), typeof(byte)];
    private static readonly Type[] Numbers = [typeof(decimal), typeof(double), typeof(float)];

    public static string Of(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var text when text == typeof(string) => "a string",
        var flag when flag == typeof(bool) => "true or false",
        var number when WholeNumbers.Contains(number) => "a whole number",
        var number when Numbers.Contains(number) => "a number",
        var instant when instant == typeof(DateTimeOffset) => "an instant such as 2026-02-28T12:00:00Z",
        var day when day == typeof(DateOnly) => "a day such as 2026-02-28",
        var choice when choice.IsEnum => $"one of {string.Join(", ", NamesOf(choice))}",
        var map when map.Name.Contains("Dictionary", StringComparison.Ordinal) => "an object",
        var list when list.IsAssignableTo(typeof(IEnumerable)) => "an array",
        _ => "an object",
    };

    private static IEnumerable<string> NamesOf(Type choice) =>
        Enum.GetValues(choice).Cast<object>().Select(UpperSnakeEnumConverter.NameOf);
}
