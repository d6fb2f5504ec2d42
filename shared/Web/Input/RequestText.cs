using Microsoft.AspNetCore.Http;

namespace Loyalty.Web;

/// <summary>The text that a request carries outside of its body.</summary>
internal static class RequestText
{
    /// <summary>The name of what holds a text that is none; null if all is well.</summary>
    public static string? Fault(HttpRequest request)
    {
        foreach (var (name, value) in request.RouteValues)
            if (value is string text && !UnicodeText.IsValid(text))
                return name;
        foreach (var (name, values) in request.Query)
            if (!UnicodeText.IsValid(name) || !AreValid(values))
                return name;
        foreach (var (name, values) in request.Headers)
            if (!AreValid(values))
                return name;
        return null;
    }

    private static bool AreValid(Microsoft.Extensions.Primitives.StringValues values)
    {
        foreach (var value in values)
            if (!UnicodeText.IsValid(value))
                return false;
        return true;
    }
}
