namespace Loyalty.Auth;

/// <summary>What a change makes different, in words that may be kept: no secret, and of a person's own data only that they changed. Pure.</summary>
internal static class Differences
{
    public static IReadOnlyList<AuditChange> Of(Person? before, Person? after) => Those(
        Shown("roles", List(before?.Roles), List(after?.Roles)),
        Shown("active", Flag(before?.Active), Flag(after?.Active)),
        Hidden("firstName", before?.FirstName, after?.FirstName),
        Hidden("lastName", before?.LastName, after?.LastName),
        Hidden("phone", before?.Phone, after?.Phone),
        Hidden("email", before?.Email, after?.Email));

    /// <summary>A person who is about to be made.</summary>
    public static IReadOnlyList<AuditChange> OfNew(IReadOnlyList<string> roles) => Those(Shown("roles", null, List(roles)), Shown("active", null, "true"));

    /// <param name="tenant">Whose log it is: other tenants are not named in it, but in that of the administrators.</param>
    public static IReadOnlyList<AuditChange> Of(string tenant, Client? before, Client? after) => Those(
        Shown("name", before?.DisplayName, after?.DisplayName),
        Shown("grants", Grants(before), Grants(after)),
        Shown("tenants", Tenants(tenant, before), Tenants(tenant, after)),
        Shown("roles", List(before?.Roles), List(after?.Roles)),
        Shown("redirectUris", List(before?.RedirectUris), List(after?.RedirectUris)),
        Shown("postLogoutRedirectUris", List(before?.PostLogoutRedirectUris), List(after?.PostLogoutRedirectUris)),
        Shown("origins", List(before?.Origins), List(after?.Origins)));

    public static IReadOnlyList<AuditChange> Of(Tenant? before, Tenant? after) => Those(
        Shown("name", before?.Name, after?.Name),
        Shown("timeZone", before?.TimeZone, after?.TimeZone),
        Shown("currency", before?.Currency, after?.Currency),
        Shown("country", before?.Country, after?.Country),
        Shown("selfRegistration", Flag(before?.SelfRegistration), Flag(after?.SelfRegistration)),
        Shown("guests", Flag(before?.Guests), Flag(after?.Guests)),
        Shown("erasureGrace", before?.ErasureGrace, after?.ErasureGrace));

    private static IReadOnlyList<AuditChange> Those(params IEnumerable<AuditChange?> changes) => [.. changes.OfType<AuditChange>()];

    private static AuditChange? Shown(string field, string? before, string? after) => before == after ? null : new AuditChange(field, before, after);

    private static AuditChange? Hidden(string field, string? before, string? after) => before == after ? null : new AuditChange(field, null, null);

    private static string? List(IReadOnlyList<string>? values) => values is { Count: > 0 } ? string.Join(", ", values) : null;

    private static string? Flag(bool? value) => value switch { true => "true", false => "false", null => null };

    private static string? Grants(Client? client) =>
        client is null ? null : List([.. Partners.GrantsOf(client).Select(grant => System.Text.Json.JsonNamingPolicy.SnakeCaseUpper.ConvertName($"{grant}"))]);

    private static string? Tenants(string tenant, Client? client) =>
        List(client?.Tenants.Where(named => tenant == Tenant.System || named == tenant).ToList());
}
