using FluentValidation;
using Loyalty.Web;

namespace Loyalty.Auth;

/// <summary>What a client may be. Note: its tenants and roles travel in its token, so they are few.</summary>
internal static class PartnerRules
{
    private const int MaxTenants = 100;
    private const int MaxAddresses = 20;

    public static IRuleBuilderOptions<T, string?> ClientId<T>(this IRuleBuilder<T, string?> rule) => rule.NotEmpty().Pattern("[a-zA-Z0-9._-]{1,64}");

    public static IRuleBuilderOptions<T, IReadOnlyList<Grant>?> Grants<T>(this IRuleBuilder<T, IReadOnlyList<Grant>?> rule) => rule
        .Must(grants => grants is null || (grants.Count > 0 && grants.Distinct().Count() == grants.Count)).WithMessage("Name at least one grant, and each once.");

    public static IRuleBuilderOptions<T, IReadOnlyList<string>?> TenantIds<T>(this IRuleBuilder<T, IReadOnlyList<string>?> rule) => rule
        .Must(tenants => tenants is null || (tenants.Count <= MaxTenants && tenants.Distinct().Count() == tenants.Count && tenants.All(TenantHeader.IsTenantId)))
        .WithMessage($"At most {MaxTenants} tenant ids, each once.");

    public static IRuleBuilderOptions<T, IReadOnlyList<string>?> RedirectUris<T>(this IRuleBuilder<T, IReadOnlyList<string>?> rule, Func<T, bool?> native) => rule
        .Must((client, addresses) => addresses is null || (addresses.Count <= MaxAddresses && addresses.All(address => RedirectTarget.IsAllowed(address, native(client) is true))))
        .WithMessage($"At most {MaxAddresses} absolute addresses without a fragment: https, or http on this machine (127.0.0.1, [::1], localhost); "
            + "a native app may have a scheme of its own with a dot in it, such as com.example.app:/signed-in.");

    public static IRuleBuilderOptions<T, IReadOnlyList<string>?> Origins<T>(this IRuleBuilder<T, IReadOnlyList<string>?> rule) => rule
        .Must(origins => origins is null || (origins.Count <= MaxAddresses && origins.All(Loyalty.Web.Origins.IsOrigin)))
        .WithMessage($"At most {MaxAddresses} origins such as https://app.example.com: scheme, host and port, nothing else.");

    /// <summary>What fits together; null if it does, else the field at fault and why.</summary>
    public static (string Field, string Fault)? Misfit(bool isPublic, IReadOnlyList<Grant> grants, IReadOnlyList<string> redirectUris, bool hasSecret)
    {
        if (isPublic && hasSecret)
            return ("secret", "A public client has no secret.");
        if (isPublic && grants.Any(grant => grant is not Grant.AuthorizationCode))
            return ("grants", "A public client gets tokens by AUTHORIZATION_CODE only.");
        return (grants.Contains(Grant.AuthorizationCode), redirectUris.Count) switch
        {
            (true, 0) => ("redirectUris", "Name at least one address to which people are sent after signing in."),
            (false, > 0) => ("redirectUris", "Only a client with AUTHORIZATION_CODE sends people anywhere."),
            _ => null,
        };
    }
}
