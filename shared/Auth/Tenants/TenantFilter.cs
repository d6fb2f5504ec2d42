using Loyalty.Web;
using MongoDB.Driver;

namespace Loyalty.Auth;

/// <summary>Filter and order of a list of tenants: <c>q</c> (id or name, prefix), <c>id</c>.</summary>
internal static class TenantFilter
{
    private static readonly FilterDefinitionBuilder<Tenant> Where = Builders<Tenant>.Filter;

    public static FilterDefinition<Tenant> Of(ListQuery query)
    {
        var filter = Where.Empty;
        if (query.Filter.TryGetValue("id", out var ids))
            filter &= Where.In(tenant => tenant.Id, ids);
        if (query.First("q") is { Length: > 0 } q)
            filter &= Where.Or(
                Where.Gte(tenant => tenant.Id, q) & Where.Lt(tenant => tenant.Id, q + '\uffff'),
                Where.Gte(tenant => tenant.Name, q) & Where.Lt(tenant => tenant.Name, q + '\uffff'));
        return filter;
    }

    public static SortDefinition<Tenant> Order(ListQuery query)
    {
        System.Linq.Expressions.Expression<Func<Tenant, object?>> field = query.Sort switch
        {
            null or "id" => tenant => tenant.Id,
            "name" => tenant => tenant.Name,
            _ => throw new BadParameterException("sort", "Lists of tenants are sorted by id or name."),
        };
        var sort = Builders<Tenant>.Sort;
        var order = query.Descending ? sort.Descending(field) : sort.Ascending(field);
        return query.Sort is null or "id" ? order : sort.Combine(order, sort.Ascending(tenant => tenant.Id));
    }
}
