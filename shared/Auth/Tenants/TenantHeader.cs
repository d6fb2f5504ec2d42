using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Loyalty.Auth;

/// <summary>The header <c>x-tenant</c>, which names the tenant of a sign-in or of a partner's call.</summary>
internal static partial class TenantHeader
{
    public const string Name = "x-tenant";
    public const string Pattern = "^[a-zA-Z0-9_-]{3,64}$";
    public const string Malformed = "The header x-tenant must be one tenant id: 3 to 64 of the characters a-z, A-Z, 0-9, _ and -.";

    /// <returns>False when there is a header that cannot be a tenant's id; <paramref name="tenant"/> is null when there is none.</returns>
    public static bool TryRead(HttpRequest request, out string? tenant)
    {
        tenant = null;
        if (!request.Headers.TryGetValue(Name, out var values) || values.Count == 0)
            return true;
        if (values.Count != 1 || values[0] is not { } value || !IsTenantId(value))
            return false;
        tenant = value;
        return true;
    }

    public static bool IsTenantId(string value) => Id().IsMatch(value);

    [GeneratedRegex(@"\A[a-zA-Z0-9_-]{3,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
