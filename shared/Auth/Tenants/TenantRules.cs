using FluentValidation;
using Loyalty.Time;
using Loyalty.Web;

namespace Loyalty.Auth;

/// <summary>What a tenant's settings may be.</summary>
internal static class TenantRules
{
    public static IRuleBuilderOptions<T, string?> TenantId<T>(this IRuleBuilder<T, string?> rule) => rule.NotEmpty().Pattern("[a-zA-Z0-9_-]{3,64}");

    public static IRuleBuilderOptions<T, string?> TenantName<T>(this IRuleBuilder<T, string?> rule) => rule.NotEmpty().MaximumLength(100);

    public static IRuleBuilderOptions<T, string?> TimeZone<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(zone => zone is null || Zone.TryFind(zone, out _))
        .WithMessage("Expected an IANA time zone, such as Europe/Warsaw.");

    public static IRuleBuilderOptions<T, string?> Grace<T>(this IRuleBuilder<T, string?> rule) => rule.Pattern("P([0-9]|[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-5])D");

    public static IRuleBuilderOptions<T, string?> Country<T>(this IRuleBuilder<T, string?> rule) => rule.Pattern("[A-Z]{2}");

    public static IRuleBuilderOptions<T, string?> Currency<T>(this IRuleBuilder<T, string?> rule) => rule.Pattern("[A-Z]{3}");
}
