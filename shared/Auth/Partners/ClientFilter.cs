using Loyalty.Web;
using MongoDB.Driver;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Loyalty.Auth;

/// <summary>Filter and order of a list of clients: <c>q</c> (id or name, prefix), <c>id, tenant, role</c>.</summary>
internal static class ClientFilter
{
    private static readonly FilterDefinitionBuilder<Client> Where = Builders<Client>.Filter;
    private static readonly string[] OfPeople = [Permissions.GrantTypes.Password, Permissions.GrantTypes.AuthorizationCode];

    public static FilterDefinition<Client> Of(ListQuery query)
    {
        var filter = Where.Empty;
        if (query.Filter.TryGetValue("id", out var ids))
            filter &= Where.In(client => client.Id, ids);
        if (query.First("tenant") is { } tenant)
            filter &= Where.AnyEq(client => client.Tenants, tenant);
        if (query.First("role") is { } role)
            filter &= Where.AnyEq(client => client.Roles, role);
        if (query.First("q") is { Length: > 0 } q)
            filter &= Where.Or(
                Where.Gte(client => client.Id, q) & Where.Lt(client => client.Id, q + '\uffff'),
                Where.Gte(client => client.DisplayName, q) & Where.Lt(client => client.DisplayName, q + '\uffff'));
        return filter;
    }

    /// <summary>Partners that name the tenant, and applications for people of all tenants.</summary>
    public static FilterDefinition<Client> MayEnter(string tenant) =>
        Where.AnyEq(client => client.Tenants, tenant) | (Where.Eq(client => client.Tenants, []) & Where.AnyIn(client => client.Permissions, OfPeople));

    public static SortDefinition<Client> Order(ListQuery query)
    {
        System.Linq.Expressions.Expression<Func<Client, object?>> field = query.Sort switch
        {
            null or "id" => client => client.Id,
            "name" => client => client.DisplayName,
            "created" => client => client.Created,
            _ => throw new BadParameterException("sort", "Lists of clients are sorted by id, name or created."),
        };
        var sort = Builders<Client>.Sort;
        var order = query.Descending ? sort.Descending(field) : sort.Ascending(field);
        return query.Sort is null or "id" ? order : sort.Combine(order, sort.Ascending(client => client.Id));
    }
}
