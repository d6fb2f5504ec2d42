using FluentValidation;
using Loyalty.Web;

namespace Loyalty.Auth;

/// <summary>What a login, a password, a name and roles may be.</summary>
internal static class PersonRules
{
    public const string OwnLogin = "The password must not be the login.";

    private const string Common = "This password is one that is tried first.";
    private const int Shortest = 10;
    private const int Longest = 128;

    public static IRuleBuilderOptions<T, string?> Login<T>(this IRuleBuilder<T, string?> rule) => rule.NotEmpty()
        .Pattern(@"[^\s/\p{C}]{1,256}")
        .Must(login => !string.Equals(login, TokenHolder.GuestLogin, StringComparison.OrdinalIgnoreCase)).WithMessage("'anonymous' is for guests.");

    /// <summary>A password that is to be set. What somebody signs in with is held against nothing but their own.</summary>
    public static IRuleBuilderOptions<T, string?> Password<T>(this IRuleBuilder<T, string?> rule) => rule
        .Length(Shortest, Longest)
        .Must(password => password is null || !CommonPasswords.Contain(password)).WithMessage(Common);

    public static IRuleBuilderOptions<T, string?> NotLogin<T>(this IRuleBuilder<T, string?> rule, Func<T, string?> login) => rule
        .Must((request, password) => !IsLogin(password, login(request))).WithMessage(OwnLogin);

    /// <summary>Whether a password is the login, or what stands before the @ of one.</summary>
    public static bool IsLogin(string? password, string? login) => password is not null && login is not null
        && new[] { login, login.Split('@')[0] }.Any(name => string.Equals(name.Trim(), password.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>What is wrong with a password for somebody, outside of a request's validator; null when nothing is.</summary>
    public static string? FaultOf(string password, string login) =>
        password.Length is < Shortest or > Longest ? $"A password has {Shortest} to {Longest} characters."
        : CommonPasswords.Contain(password) ? Common
        : IsLogin(password, login) ? OwnLogin
        : null;

    public static IRuleBuilderOptions<T, string?> Phone<T>(this IRuleBuilder<T, string?> rule) => rule.MaximumLength(32);

    public static IRuleBuilderOptions<T, string?> Email<T>(this IRuleBuilder<T, string?> rule) => rule.MaximumLength(254);

    public static IRuleBuilderOptions<T, string?> Name<T>(this IRuleBuilder<T, string?> rule) => rule.MaximumLength(100);

    public static IRuleBuilderOptions<T, IReadOnlyList<string>?> KnownRoles<T>(this IRuleBuilder<T, IReadOnlyList<string>?> rule) => rule
        .Must(roles => roles is null || (roles.Distinct().Count() == roles.Count && roles.All(role => Roles.All.Contains(role))))
        .WithMessage($"Roles are {string.Join(", ", Roles.All)}, each at most once.");
}
