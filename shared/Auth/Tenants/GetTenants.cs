using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class GetTenants
{
    /// <summary>Tenants of the deployment</summary>
    /// <remarks>For the administrators of the deployment. Filter fields: <c>q</c> (id or name begins so), <c>id</c>.</remarks>
    public static async Task<Ok<IReadOnlyList<Tenant>>> Handle(ListQuery query, Tenants tenants, HttpResponse response, CancellationToken cancellation)
    {
        var (found, total) = await tenants.ListAsync(query, cancellation);
        return ListAnswer.Of(response, "tenant", query, found, total);
    }
}
