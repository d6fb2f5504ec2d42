using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class GetClients
{
    /// <summary>Clients of the deployment</summary>
    /// <remarks>For the administrators of the deployment. Filter fields: <c>q</c> (id or name begins so), <c>id</c>, <c>tenant</c>, <c>role</c>.</remarks>
    public static async Task<Ok<IReadOnlyList<PartnerAnswer>>> Handle(ListQuery query, Partners partners, HttpResponse response, CancellationToken cancellation)
    {
        var (found, total) = await partners.ListAsync(query, cancellation);
        return ListAnswer.Of(response, "client", query, [.. found.Select(PartnerAnswer.Of)], total);
    }
}
