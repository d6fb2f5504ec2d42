using PhoneNumbers;

namespace Loyalty.Accounts;

/// <summary>Phone numbers as numbers: spaces, dashes, 00 and + are alike, and where a country is missing it is the tenant's. Pure.</summary>
internal static class Phones
{
    private const int ShortestSearch = 4;
    private const string Punctuation = " \u00A0()./-";

    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>Such as <c>+48600100200</c>; null for what cannot be a number.</summary>
    public static string? NumberOf(string? text, string country)
    {
        if (text is null || Digits(text) is not { Length: >= ShortestSearch })
            return null;
        try
        {
            var number = Numbers.Parse(text.StartsWith("00", StringComparison.Ordinal) ? $"+{text[2..]}" : text, country);
            return Numbers.IsPossibleNumber(number) ? Numbers.Format(number, PhoneNumberFormat.E164) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    /// <summary>What numbers begin with that a person has typed the beginning of; null for what is no number.</summary>
    public static string? BeginningOf(string text, string country)
    {
        if (Digits(text) is not { Length: >= ShortestSearch } digits)
            return null;
        return text.TrimStart().StartsWith('+') ? $"+{digits}"
            : digits.StartsWith("00", StringComparison.Ordinal) ? $"+{digits[2..]}"
            : $"+{Numbers.GetCountryCodeForRegion(country)}{digits.TrimStart('0')}";
    }

    /// <summary>The digits of what consists of digits and what people write between them; null for any other text.</summary>
    private static string? Digits(string text)
    {
        var plain = text.Trim();
        if (plain.StartsWith('+'))
            plain = plain[1..];
        return plain.All(character => char.IsAsciiDigit(character) || Punctuation.Contains(character, StringComparison.Ordinal))
            ? string.Concat(plain.Where(char.IsAsciiDigit))
            : null;
    }
}

/// <summary>Keeps the number beside the phone as it was written, so that it is found however it is typed.</summary>
internal sealed class KeepPhones : IAfterEntry
{
    public Task AfterEntryAsync(Pass pass)
    {
        var accounts = pass.Documents<Contracts.Account>();
        foreach (var key in accounts.ChangedByEntry.ToArray())
            if (accounts.Find(key) is { IsErased: false } account && NumberOf(pass, account) is var number && number != account.PhoneNumber)
                pass.Put(account with { PhoneNumber = number });
        return Task.CompletedTask;
    }

    private static string? NumberOf(Pass pass, Contracts.Account account) =>
        account.Header.Phone is { } phone ? Phones.NumberOf(phone, pass.Value<Contracts.TenantZone>(pass.Entry.Tenant).Country) : null;
}
