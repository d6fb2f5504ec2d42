using System.Globalization;
using System.Text.RegularExpressions;
using Loyalty.Accounts.Contracts;
using Loyalty.Time;

namespace Loyalty.Campaigns;

/// <summary>
/// Texts with placeholders: <c>{{firstName}}</c>, or <c>{{firstName|friend}}</c>, which says what stands there for whom it is not known. Pure.
/// </summary>
internal static partial class PushTemplate
{
    public const string Names =
        "firstName, lastName, email, phone, birthdate, card, mgm, properties.x, counters.x, coupon.code, coupon.validTo, credit.amount, credit.ends or campaign.name";

    /// <summary>What is wrong with a text, in words for whoever writes it; null if nothing is.</summary>
    public static string? Fault(string text)
    {
        var unknown = Placeholder().Matches(text).Select(match => match.Groups["name"].Value).FirstOrDefault(name => !Known().IsMatch(name));
        if (unknown is not null)
            return $"There is nothing called {unknown} to put in. Use {Names}.";
        var rest = Placeholder().Replace(text, "");
        return rest.Contains("{{", StringComparison.Ordinal) || rest.Contains("}}", StringComparison.Ordinal)
            ? "A placeholder is written {{name}} or {{name|what stands there otherwise}}."
            : null;
    }

    public static string Render(string text, PushFacts facts) => Placeholder().Replace(text, match =>
        facts.Find(match.Groups["name"].Value) is { Length: > 0 } value ? value : match.Groups["otherwise"].Value.Trim());

    [GeneratedRegex(@"\{\{\s*(?<name>[^{}|]*?)\s*(\|(?<otherwise>[^{}]*))?\}\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();

    [GeneratedRegex(
        @"^((header\.)?(firstName|lastName|email|phone|birthdate)|card|mgm|(properties|counters)\.[a-zA-Z0-9_.-]+|coupon\.(code|validTo)|credit\.(amount|ends)|campaign\.name)\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Known();
}

/// <summary>What may be put into a text. Days are those of the tenant's zone.</summary>
internal sealed record PushFacts(Account Account, string Campaign, Coupon? Coupon, Zone Zone)
{
    /// <summary>The credit that is about to end: how much, and when.</summary>
    public (decimal Amount, DateTimeOffset Ends)? Credit { get; init; }

    /// <summary>Null where it is not known.</summary>
    public string? Find(string name) => name.Split('.', 2) switch
    {
        ["header", var field] => Header(field),
        ["properties", var key] => Account.Properties.GetValueOrDefault(key),
        ["counters", var key] => Account.Counters.TryGetValue(key, out var count) ? count.ToString("0.##", CultureInfo.InvariantCulture) : null,
        ["coupon", "code"] => Coupon?.Code,
        ["coupon", "validTo"] => Coupon?.ValidTo is { } validTo ? Text(Zone.DayOf(validTo)) : null,
        ["credit", "amount"] => Credit?.Amount.ToString("0.####", CultureInfo.InvariantCulture),
        ["credit", "ends"] => Credit is { } credit ? Text(Zone.DayOf(credit.Ends)) : null,
        ["campaign", "name"] => Campaign,
        ["card"] => Account.Card,
        ["mgm"] => Account.Mgm,
        [var field] => Header(field),
        _ => null,
    };

    private string? Header(string field) => field switch
    {
        "firstName" => Account.Header.FirstName,
        "lastName" => Account.Header.LastName,
        "email" => Account.Header.Email,
        "phone" => Account.Header.Phone,
        "birthdate" => Account.Header.Birthdate is { } day ? Text(day) : null,
        _ => null,
    };

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
