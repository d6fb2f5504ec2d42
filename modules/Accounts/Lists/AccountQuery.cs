using System.Linq.Expressions;
using System.Text.RegularExpressions;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Time;
using Loyalty.Web;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Accounts;

/// <summary>A filter of a tenant's accounts as the database is asked for it.</summary>
/// <param name="IsNarrow">Whether an index leads to the few accounts that match, each at a place that stays.</param>
internal sealed record AccountQuery(FilterDefinition<Account> Filter, bool IsNarrow)
{
    private static readonly FilterDefinitionBuilder<Account> Where = Builders<Account>.Filter;

    public static AccountQuery Of(Tenant tenant, AccountFilter filter, DateTimeOffset now)
    {
        var zone = tenant.FindZone();
        var narrow = new List<FilterDefinition<Account>>();
        if (filter.Id is { } ids)
            narrow.Add(Where.In(account => account.Key, ids.Select(id => Key.Of(tenant.Id, id))));
        if (filter.Q is { } q)
            narrow.Add(Where.Or(new[] { SearchKeys.Plain(q), Phones.BeginningOf(q, tenant.Country) }.OfType<string>().Distinct()
                .Select(beginning => Where.Regex(account => account.Search, new BsonRegularExpression($"^{Regex.Escape(beginning)}")))));
        Exactly(account => account.Card, filter.Card);
        if (filter.Phone is { } phones)
            narrow.Add(Where.AnyIn(account => account.Search, phones.Select(phone => Phones.NumberOf(phone, tenant.Country) ?? SearchKeys.Plain(phone)))
                & Where.Ne(account => account.Header.Phone, null));
        Exactly(account => account.Header.Email, filter.Email);
        if (filter.Tag is { } tags)
            narrow.Add(Where.AnyIn(account => account.Tags, tags));
        if (filter.Venue is { } venues)
            narrow.Add(Where.AnyIn(account => account.Venues, venues));
        if (filter.Segment is { } segments)
            narrow.Add(Where.In(account => account.Segment, segments));
        if (filter.Campaign is not null || filter.State is not null)
            narrow.Add(Where.ElemMatch(account => account.Campaigns, Position(filter.Campaign, filter.State)));
        return new AccountQuery(
            Where.And([
                Where.Eq(account => account.Tenant, tenant.Id),
                .. narrow,
                .. Between(zone, now, account => account.Header.Created, "created", filter.CreatedFrom, filter.CreatedTo),
                .. Between(zone, now, account => account.Header.LastOrder, "lastOrder", filter.LastOrderFrom, filter.LastOrderTo),
                ConstraintFilter.Of(filter.Constraints ?? [], now, zone),
            ]),
            narrow.Count > 0);

        // Note: found through the search keys, which hold every value of these fields in lower case.
        void Exactly(Expression<Func<Account, string?>> field, IReadOnlyList<string>? values)
        {
            if (values is null)
                return;
            narrow.Add(Where.AnyIn(account => account.Search, values.Select(SearchKeys.Plain)));
            narrow.Add(Where.In(field, values));
        }
    }

    /// <summary>An order that an index gives; what is equal in it comes in the order of ids, so that pages never overlap.</summary>
    public static SortDefinition<Account> Order(ListQuery query)
    {
        Expression<Func<Account, object?>>? field = query.Sort switch
        {
            null or "id" => null,
            "created" or "header.created" => account => account.Header.Created,
            "lastOrder" or "header.lastOrder" => account => account.Header.LastOrder,
            "segment" => account => account.Segment,
            _ => throw new BadParameterException("sort", "Accounts are sorted by id, created, lastOrder or segment."),
        };
        var (sort, descending) = (Builders<Account>.Sort, query.Descending);
        var byId = descending ? sort.Descending(account => account.Id) : sort.Ascending(account => account.Id);
        return field is null ? byId : sort.Combine(descending ? sort.Descending(field) : sort.Ascending(field), byId);
    }

    private static FilterDefinition<CampaignPosition> Position(IReadOnlyList<string>? campaigns, IReadOnlyList<string>? states)
    {
        var position = Builders<CampaignPosition>.Filter;
        var inCampaign = campaigns is null ? position.Empty : position.In(known => known.Id, campaigns);
        return states is null ? inCampaign : inCampaign & position.In(known => known.State, states);
    }

    private static IEnumerable<FilterDefinition<Account>> Between(
        Zone zone, DateTimeOffset now, Expression<Func<Account, DateTimeOffset?>> field, string name, string? from, string? to)
    {
        if (from is not null)
            yield return Where.Gte(field, Moment(zone, now, $"{name}From", from));
        if (to is not null)
            yield return IsoDate.Read(to) is { } day
                ? Where.Lt(field, zone.EndOf(day))
                : Where.Lte(field, Moment(zone, now, $"{name}To", to));
    }

    private static DateTimeOffset Moment(Zone zone, DateTimeOffset now, string parameter, string text) =>
        ConstraintEvaluation.Read("header.created", text, now, zone) as DateTimeOffset? ?? throw new BadParameterException(parameter,
            $"\"{text}\" is no time. Use an instant such as 2026-02-28T12:00:00Z, a day such as 2026-02-28, or a duration such as -P30D.");
}
