using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

internal static class GetCampaigns
{
    /// <summary>Get paginated list of campaigns</summary>
    /// <remarks>
    /// Sorted by <c>id</c>, <c>name</c>, <c>type</c>, <c>status</c>, <c>activeFrom</c>, <c>activeTo</c>, <c>initializedAt</c> or <c>cnt</c>, what is equal by id.
    /// Works as data source of react-admin, by ra-data-simple-rest and by ra-data-json-server; at most 1,000 campaigns a page.
    /// </remarks>
    /// <returns>The page. <c>Content-Range</c> and <c>X-Total-Count</c> say how many campaigns there are on all pages.</returns>
    public static async Task<Ok<IReadOnlyList<CampaignAnswer>>> Handle(
        Caller caller, ListQuery query, CampaignStore store, HttpResponse response, CancellationToken cancellationToken)
    {
        var (found, total) = await store.PageAsync(caller.Tenant, query, RequestZone.Current, cancellationToken);
        return ListAnswer.Of(response, "campaign", query, [.. found.Select(CampaignAnswer.Of)], total);
    }
}
