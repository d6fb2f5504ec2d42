using Loyalty.Accounts.Contracts;
using Loyalty.Web;

namespace Loyalty.Accounts;

/// <summary>What an account is found by in lists: id, card, phone, email and both orders of the names, all in lower case.</summary>
internal static class SearchKeys
{
    public static IReadOnlyList<string> Of(Account account)
    {
        var (first, last) = (account.Header.FirstName, account.Header.LastName);
        string?[] keys = [account.Id, account.Card, account.Header.Phone, account.PhoneNumber, account.Header.Email, $"{first} {last}", $"{last} {first}"];
        return [.. keys.OfType<string>().Select(Plain).Where(key => key.Length > 0).Distinct()];
    }

    public static string Plain(string text) => UnicodeText.Normalized(text.Trim()).ToLowerInvariant();
}
