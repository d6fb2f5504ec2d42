using System.Reflection;

namespace Loyalty.Modularity;

/// <summary>What ended the program, in one line. Only a fault of the program itself shows its stack.</summary>
internal static class Failure
{
    public static string Describe(Exception error) =>
        IsOurFault(error) ? error.ToString() : OneLine(Unwrap(error).Message);

    private static Exception Unwrap(Exception error) => error switch
    {
        AggregateException { InnerExceptions: [var only] } => Unwrap(only),
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        TypeInitializationException { InnerException: { } inner } => Unwrap(inner),
        _ => error,
    };

    private static bool IsOurFault(Exception error) =>
        error is NullReferenceException or IndexOutOfRangeException or InvalidCastException
            or NotImplementedException or TypeLoadException or MissingMemberException
        || error.InnerException is { } inner && IsOurFault(inner);

    private static string OneLine(string text)
    {
        const StringSplitOptions Words = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        return string.Join(' ', text.Split(['\r', '\n'], Words));
    }
}
