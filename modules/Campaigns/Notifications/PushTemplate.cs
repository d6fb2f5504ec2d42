using System.Globalization;
using System.Text.Json;
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
        "firstName, lastName, email, phone, pushId, birthdate, sex, created, lastEvent, lastLogged, lastOrder, card, mgm, properties.x, counters.x, "
        + "coupon.code, coupon.validTo, coupon.categoryId, coupon.productId, coupon.enableKey, coupon.couponKey, coupon.extra.x, credit.amount, credit.ends or campaign.name";

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
        @"^((header\.)?(firstName|lastName|email|phone|pushId|birthdate|sex|created|lastEvent|lastLogged|lastOrder)|card|mgm|(properties|counters)\.[a-zA-Z0-9_.-]+|coupon\.(code|validTo|(data\.)?(categoryId|productId|enableKey|couponKey|extra\.[a-zA-Z0-9_.-]+))|credit\.(amount|ends)|campaign\.name)\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Known();
}

/// <summary>What may be put into a text. Days are those of the tenant's zone, written as its language does; without a language, as ISO 8601.</summary>
internal sealed record PushFacts(Account Account, string Campaign, Coupon? Coupon, Zone Zone, CultureInfo? Language = null)
{
    /// <summary>The credit that is about to end: how much, and when.</summary>
    public (decimal Amount, DateTimeOffset Ends)? Credit { get; init; }

    /// <summary>Null where it is not known.</summary>
    public string? Find(string name) => name.Split('.', 2) switch
    {
        ["header", var field] => Header(field),
        ["properties", var key] => Account.Properties.GetValueOrDefault(key),
        ["counters", var key] => Account.Counters.TryGetValue(key, out var count) ? Number(key, count) : null,
        ["coupon", "code"] => Coupon?.Code,
        ["coupon", "validTo"] => Day(Coupon?.ValidTo),
        ["coupon", var field] => OfCoupon(field.StartsWith("data.", StringComparison.Ordinal) ? field["data.".Length..] : field),
        ["credit", "amount"] => Credit is { } credit ? Number("wallet", credit.Amount) : null,
        ["credit", "ends"] => Day(Credit?.Ends),
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
        "pushId" => Account.Header.PushId,
        "birthdate" => Account.Header.Birthdate is { } day ? Text(day) : null,
        "sex" => Account.Header.Sex is { } sex ? JsonNamingPolicy.SnakeCaseUpper.ConvertName($"{sex}") : null,
        "created" => Day(Account.Header.Created),
        "lastEvent" => Day(Account.Header.LastEvent),
        "lastLogged" => Day(Account.Header.LastLogged),
        "lastOrder" => Day(Account.Header.LastOrder),
        _ => null,
    };

    private string? OfCoupon(string field) => field switch
    {
        "categoryId" => Coupon?.Data?.CategoryId,
        "productId" => Coupon?.Data?.ProductId,
        "enableKey" => Coupon?.Data?.EnableKey,
        "couponKey" => Coupon?.Data?.CouponKey,
        _ when field.StartsWith("extra.", StringComparison.Ordinal) => Coupon?.Data?.Extra?.GetValueOrDefault(field["extra.".Length..]),
        _ => null,
    };

    /// <summary>Note: total and wallet are money, which a language writes with its decimals.</summary>
    private string Number(string counter, decimal count) => Language is null
        ? count.ToString("0.##", CultureInfo.InvariantCulture)
        : count.ToString(counter is "total" or "wallet" ? "#,0.00" : "#,0.##", Language);

    private string? Day(DateTimeOffset? instant) => instant is { } at ? Text(Zone.DayOf(at)) : null;

    private string Text(DateOnly day) => Language is null ? IsoDate.Print(day) : day.ToString("d", Language);
}
