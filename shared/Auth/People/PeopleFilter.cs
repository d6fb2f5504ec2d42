using Loyalty.Web;
using MongoDB.Driver;

namespace Loyalty.Auth;

/// <summary>Filter and order of a list of people: <c>q</c> (login or last name, prefix), <c>id, login, role, active</c>.</summary>
internal static class PeopleFilter
{
    private static readonly FilterDefinitionBuilder<Person> Where = Builders<Person>.Filter;

    public static FilterDefinition<Person> Of(string tenant, ListQuery query)
    {
        var filter = Where.Eq(person => person.Tenant, tenant);
        if (query.Filter.TryGetValue("id", out var ids))
            filter &= Where.In(person => person.Id, ids);
        if (query.First("login") is { } login)
            filter &= Where.Eq(person => person.Key, Person.KeyOf(tenant, login));
        if (query.First("role") is { } role)
            filter &= Where.AnyEq(person => person.Roles, role);
        if (query.First("active") is { } active)
            filter &= Where.Eq(person => person.Active, bool.TryParse(active, out var yes) ? yes : throw new BadParameterException("active", "Expected true or false."));
        if (query.First("q") is { Length: > 0 } q)
            filter &= Where.Or(StartsWith(person => person.Key, Person.KeyOf(tenant, q)), StartsWith(person => person.LastName, q));
        return filter;
    }

    public static SortDefinition<Person> Order(ListQuery query)
    {
        System.Linq.Expressions.Expression<Func<Person, object?>> field = query.Sort switch
        {
            null or "login" => person => person.Key,
            "id" => person => person.Id,
            "firstName" => person => person.FirstName,
            "lastName" => person => person.LastName,
            "active" => person => person.Active,
            "created" => person => person.Created,
            _ => throw new BadParameterException("sort", "Lists of people are sorted by login, id, firstName, lastName, active or created."),
        };
        var sort = Builders<Person>.Sort;
        var order = query.Descending ? sort.Descending(field) : sort.Ascending(field);
        return query.Sort is null or "login" ? order : sort.Combine(order, sort.Ascending(person => person.Key));
    }

    /// <summary>Note: a range, which an index can answer, where a pattern would be read against every value.</summary>
    private static FilterDefinition<Person> StartsWith(System.Linq.Expressions.Expression<Func<Person, string?>> field, string prefix) =>
        Where.Gte(field, prefix) & Where.Lt(field, prefix + '\uffff');
}
