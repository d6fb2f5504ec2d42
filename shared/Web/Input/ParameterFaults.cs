using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;

namespace Loyalty.Web;

/// <summary>
/// Why the parameters of a handler cannot be bound: each value that cannot be read as its type, each that is missing. Found
/// by trying them, because what the framework says of it is a sentence with the caller's own words in it.
/// </summary>
internal static class ParameterFaults
{
    public static Dictionary<string, string[]> Of(HttpContext context, MethodInfo handler)
    {
        var faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var parameter in handler.GetParameters().Where(IsText))
            if (FaultOf(context.Request, parameter) is { } fault)
                faults[ParameterNames.Of(parameter)] = [fault];
        return faults;
    }

    internal static bool IsText(ParameterInfo parameter) =>
        !parameter.GetCustomAttributes().Any(attribute => attribute is IFromBodyMetadata)
        && (parameter.ParameterType == typeof(string) || ReaderOf(parameter.ParameterType) is not null);

    private static string? FaultOf(HttpRequest request, ParameterInfo parameter)
    {
        var (where, values) = Given(request, parameter);
        if (values.ToString() is not { Length: > 0 } text)
            return MayBeAbsent(parameter) ? null : $"This parameter is required in the {where}.";
        return ReaderOf(parameter.ParameterType) is { } canRead && !(bool)canRead.Invoke(null, [text])!
            ? $"\"{UnicodeText.Shown(text)}\" cannot be read as {JsonKind.Of(parameter.ParameterType)}."
            : null;
    }

    private static (string Where, StringValues Values) Given(HttpRequest request, ParameterInfo parameter)
    {
        var name = ParameterNames.Of(parameter);
        if (parameter.GetCustomAttributes().Any(attribute => attribute is IFromHeaderMetadata))
            return ("header", request.Headers[name]);
        return request.RouteValues.TryGetValue(name, out var value)
            ? ("path", value as string)
            : ("query string", request.Query[name]);
    }

    private static bool MayBeAbsent(ParameterInfo parameter) => parameter.HasDefaultValue
        || Nullable.GetUnderlyingType(parameter.ParameterType) is not null
        || (!parameter.ParameterType.IsValueType
            && new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable);

    /// <summary>Tells whether the framework can read a text as the type; null where it does not read the type from text.</summary>
    private static MethodInfo? ReaderOf(Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        var reader = value.IsEnum ? nameof(IsEnum)
            : value != typeof(string) && value.GetInterfaces().Any(IsParsable) ? nameof(IsReadable)
            : null;
        return reader is null ? null : typeof(ParameterFaults)
            .GetMethod(reader, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(value);
    }

    private static bool IsParsable(Type contract) =>
        contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IParsable<>);

    private static bool IsReadable<T>(string text) where T : IParsable<T> =>
        T.TryParse(text, CultureInfo.InvariantCulture, out var _);

    private static bool IsEnum<T>(string text) where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var _);
}
