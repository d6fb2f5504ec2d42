namespace Loyalty.Web;

/// <summary>Says in a caller's words what kind of value a .NET type, as named in an exception, stands for.</summary>
internal static class JsonKind
{
    private static readonly (string Mark, string Words)[] Kinds =
    [
        ("DateTime", "an instant such as 2026-02-28T12:00:00Z"),
        ("DateOnly", "a day such as 2026-02-28"),
        ("Dictionary", "an object"),
        ("List", "an array"), ("Enumerable", "an array"), ("Collection", "an array"), ("[]", "an array"),
        ("Int32", "a whole number"), ("Int64", "a whole number"), ("int", "a whole number"), ("long", "a whole number"),
        ("Decimal", "a number"), ("number", "a number"), ("decimal", "a number"), ("Double", "a number"), ("double", "a number"),
        ("Bool", "true or false"), ("bool", "true or false"),
        ("String", "a string"), ("string", "a string"),
    ];

    public static string Of(string text) =>
        Array.Find(Kinds, kind => text.Contains(kind.Mark, StringComparison.Ordinal)).Words ?? "an object";
}
