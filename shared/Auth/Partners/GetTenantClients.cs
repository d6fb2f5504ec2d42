using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

/// <summary>A client that may enter a tenant, as the tenant's own administrator sees it.</summary>
/// <param name="Id">The client id.</param>
/// <param name="Name">For people to read.</param>
/// <param name="Public">It has no secret.</param>
/// <param name="Grants">How it may get tokens. With CLIENT_CREDENTIALS it acts by itself; else people of the tenant sign in through it.</param>
/// <param name="Roles">What it may do in the tenant by itself.</param>
/// <param name="EveryTenant">It is for people of every tenant of the deployment.</param>
/// <param name="Created">When the client was made.</param>
internal sealed record TenantClient(
    string Id, string? Name, bool Public, IReadOnlyList<Grant> Grants, IReadOnlyList<string> Roles, bool EveryTenant, DateTimeOffset Created)
{
    /// <summary>Note: which other tenants it may enter is none of this tenant's business.</summary>
    public static TenantClient Of(Client client)
    {
        var answer = PartnerAnswer.Of(client);
        return new(answer.Id, answer.Name, answer.Public, answer.Grants, answer.Roles, client.Tenants.Count == 0, answer.Created);
    }
}

internal static class GetTenantClients
{
    /// <summary>Clients that may enter a tenant</summary>
    /// <remarks>
    /// For the tenant's own administrators, and those of the deployment: every partner and service that may act in the tenant, and every
    /// application through which its people may sign in. Filter fields: <c>q</c> (id or name begins so), <c>id</c>, <c>role</c>.
    /// </remarks>
    public static async Task<Results<Ok<IReadOnlyList<TenantClient>>, ProblemHttpResult>> Handle(
        string tenant, Caller caller, ListQuery query, Partners partners, Tenants tenants, HttpResponse response, CancellationToken cancellation)
    {
        if (!Tenants.MayManage(caller, tenant) || await tenants.FindAsync(tenant, cancellation) is null)
            return AuthProblems.NoSuchTenant(tenant);
        var (found, total) = await partners.ListOfTenantAsync(tenant, query, cancellation);
        return ListAnswer.Of(response, "client", query, [.. found.Select(TenantClient.Of)], total);
    }
}
