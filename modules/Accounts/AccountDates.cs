using Loyalty.Accounts.Contracts;
using Loyalty.Time;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Accounts;

/// <summary>Finds accounts by a date of their header, in the order of dates and ids. Each query is a range of one index.</summary>
internal static class AccountDates
{
    private static readonly FilterDefinitionBuilder<Account> Filter = Builders<Account>.Filter;

    /// <summary>From a boundary on, up to another one.</summary>
    public static IFindFluent<Account, Account> Find(
        IMongoCollection<Account> accounts, string tenant, DatePeriod dated, DateTimeOffset from, DateTimeOffset? to, Zone zone,
        FilterDefinition<Account>? rest = null)
    {
        var path = PathOf(dated);
        var filter = Filter.Gte(path, ValueOf(dated, from, zone));
        return Sorted(accounts, tenant, dated, to is { } end ? filter & Filter.Lte(path, ValueOf(dated, end, zone)) : filter, rest);
    }

    /// <summary>Those with the same date whose ids come later.</summary>
    public static IFindFluent<Account, Account> After(
        IMongoCollection<Account> accounts, string tenant, DatePeriod dated, DatedAccount after, FilterDefinition<Account> rest) =>
        Sorted(accounts, tenant, dated, Filter.Eq(PathOf(dated), ValueOf(after)) & Filter.Gt(account => account.Id, after.Id), rest);

    /// <summary>Those with a later date, up to a boundary.</summary>
    public static IFindFluent<Account, Account> Beyond(
        IMongoCollection<Account> accounts, string tenant, DatePeriod dated, DatedAccount after, DateTimeOffset to, Zone zone, FilterDefinition<Account> rest) =>
        Sorted(accounts, tenant, dated, Filter.Gt(PathOf(dated), ValueOf(after)) & Filter.Lte(PathOf(dated), ValueOf(dated, to, zone)), rest);

    /// <summary>The account's date as text, to go on from.</summary>
    public static string Text(DatePeriod dated, Account account) => dated.Field switch
    {
        "header.birthdate" => IsoDate.Print(account.Header.Birthdate!.Value),
        "header.created" => $"{account.Header.Created!.Value.ToUnixTimeMilliseconds()}",
        _ => $"{account.Header.LastOrder!.Value.ToUnixTimeMilliseconds()}",
    };

    private static IFindFluent<Account, Account> Sorted(
        IMongoCollection<Account> accounts, string tenant, DatePeriod dated, FilterDefinition<Account> dates, FilterDefinition<Account>? rest)
    {
        var path = new StringFieldDefinition<Account>(dated.Field);
        return accounts.Find(Filter.Eq(account => account.Tenant, tenant) & dates & (rest ?? Filter.Empty))
            .Sort(Builders<Account>.Sort.Ascending(account => account.Tenant).Ascending(path).Ascending(account => account.Id))
            .Project<Account>(Builders<Account>.Projection.Include(account => account.Id).Include(account => account.Header));
    }

    private static StringFieldDefinition<Account, BsonValue> PathOf(DatePeriod dated) => new(dated.Field);

    private static BsonValue ValueOf(DatePeriod dated, DateTimeOffset boundary, Zone zone) => dated.Field == "header.birthdate"
        ? new BsonString(IsoDate.Print(zone.DayOf(boundary)))
        : new BsonDateTime(boundary.ToUnixTimeMilliseconds());

    private static BsonValue ValueOf(DatedAccount account) => IsoDate.TryParse(account.Date, out _)
        ? new BsonString(account.Date)
        : new BsonDateTime(long.Parse(account.Date, System.Globalization.CultureInfo.InvariantCulture));
}
