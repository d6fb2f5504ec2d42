namespace Loyalty.Accounts;

/// <summary>An account as a line of a CSV file.</summary>
internal static class AccountColumns
{
    public static readonly IReadOnlyList<Column<AccountAnswer>> All =
    [
        new("id", account => account.Id),
        new("card", account => account.Card),
        new("mgm", account => account.Mgm),
        new("segment", account => account.Segment),
        new("phone", account => account.Header.Phone),
        new("email", account => account.Header.Email),
        new("pushId", account => account.Header.PushId),
        new("firstName", account => account.Header.FirstName),
        new("lastName", account => account.Header.LastName),
        new("birthdate", account => account.Header.Birthdate),
        new("sex", account => account.Header.Sex?.ToString().ToUpperInvariant()),
        new("created", account => account.Header.Created),
        new("lastEvent", account => account.Header.LastEvent),
        new("lastLogged", account => account.Header.LastLogged),
        new("lastOrder", account => account.Header.LastOrder),
        new("orders", account => account.Counters.GetValueOrDefault("orders")),
        new("total", account => account.Counters.GetValueOrDefault("total")),
        new("wallet", account => account.Counters.GetValueOrDefault("wallet")),
        new("tags", account => account.Tags),
        new("importantTags", account => account.ImportantTags),
        new("venues", account => account.Venues),
        new("coupons", account => account.Coupons),
        new("campaigns", account => account.Campaigns.Select(position => position.State is { } state ? $"{position.Id}:{state}" : position.Id)),
        new("consents", account => account.Consents.Values),
        new("properties", account => account.Properties),
        new("counters", account => account.Counters),
    ];
}
