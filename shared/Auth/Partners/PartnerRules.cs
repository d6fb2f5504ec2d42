using FluentValidation;
using Loyalty.Web;

namespace Loyalty.Auth;

/// <summary>What a client may be. Note: its tenants and roles travel in its token, so they are few.</summary>
internal static class PartnerRules
{
    private const int MaxTenants = 100;

    public static IRuleBuilderOptions<T, string?> ClientId<T>(this IRuleBuilder<T, string?> rule) => rule.NotEmpty().Pattern("[a-zA-Z0-9._-]{1,64}");

    public static IRuleBuilderOptions<T, IReadOnlyList<Grant>?> Grants<T>(this IRuleBuilder<T, IReadOnlyList<Grant>?> rule) => rule
        .Must(grants => grants is null || (grants.Count > 0 && grants.Distinct().Count() == grants.Count)).WithMessage("Name at least one grant, and each once.");

    public static IRuleBuilderOptions<T, IReadOnlyList<string>?> TenantIds<T>(this IRuleBuilder<T, IReadOnlyList<string>?> rule) => rule
        .Must(tenants => tenants is null || (tenants.Count <= MaxTenants && tenants.Distinct().Count() == tenants.Count && tenants.All(TenantHeader.IsTenantId)))
        .WithMessage($"At most {MaxTenants} tenant ids, each once.");
}
