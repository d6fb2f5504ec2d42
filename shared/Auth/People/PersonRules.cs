using FluentValidation;
using Loyalty.Web;

namespace Loyalty.Auth;

/// <summary>What a login, a password, a name and roles may be.</summary>
internal static class PersonRules
{
    public static IRuleBuilderOptions<T, string?> Login<T>(this IRuleBuilder<T, string?> rule) => rule.NotEmpty()
        .Pattern(@"[^\s/\p{C}]{1,256}")
        .Must(login => !string.Equals(login, TokenHolder.GuestLogin, StringComparison.OrdinalIgnoreCase)).WithMessage("'anonymous' is for guests.");

    public static IRuleBuilderOptions<T, string?> Password<T>(this IRuleBuilder<T, string?> rule) => rule
        .Length(8, 256)
        .Must(password => password is null || !WellKnownSecrets.Contain(password)).WithMessage("This password is one that everybody tries first.");

    public static IRuleBuilderOptions<T, string?> Name<T>(this IRuleBuilder<T, string?> rule) => rule.MaximumLength(100);

    public static IRuleBuilderOptions<T, IReadOnlyList<string>?> KnownRoles<T>(this IRuleBuilder<T, IReadOnlyList<string>?> rule) => rule
        .Must(roles => roles is null || (roles.Distinct().Count() == roles.Count && roles.All(role => Roles.All.Contains(role))))
        .WithMessage($"Roles are {string.Join(", ", Roles.All)}, each at most once.");
}
