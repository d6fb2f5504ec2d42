namespace Loyalty.Accounts.Contracts;

/// <summary>What a member has agreed to.</summary>
public static class GivenConsents
{
    private static readonly string[] Yes = ["true", "yes", "1"];

    public static bool HasGiven(this Account account, string consent) => IsYes(account.Consents.GetValueOrDefault(consent));

    public static bool IsYes(string? value) => Yes.Contains(value);
}
