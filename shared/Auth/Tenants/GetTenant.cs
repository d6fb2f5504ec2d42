using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class GetTenant
{
    /// <summary>One tenant</summary>
    /// <remarks>System administrators see all, those of a tenant their own.</remarks>
    public static async Task<Results<Ok<Tenant>, ProblemHttpResult>> Handle(string tenant, Caller caller, Tenants tenants, CancellationToken cancellation) =>
        Tenants.MayManage(caller, tenant) && await tenants.FindAsync(tenant, cancellation) is { } found
            ? TypedResults.Ok(found)
            : AuthProblems.NoSuchTenant(tenant);
}
