using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Accounts;

internal static class GetAccounts
{
    /// <summary>Get paginated list of accounts</summary>
    /// <remarks>
    /// Sorted by <c>id</c>, <c>created</c>, <c>lastOrder</c> or <c>segment</c>, what is equal by id. Works as data source of react-admin, by
    /// ra-data-simple-rest and by ra-data-json-server; at most 1,000 accounts a page.
    /// </remarks>
    /// <returns>The page. <c>Content-Range</c> and <c>X-Total-Count</c> say how many accounts there are on all pages.</returns>
    public static async Task<Ok<IReadOnlyList<AccountAnswer>>> Handle(
        Caller caller, ListQuery query, AccountRequests requests, AccountLists accounts, HttpResponse response, CancellationToken cancellationToken)
    {
        var wanted = await requests.ReadAsync(caller, query, cancellationToken);
        var (found, total) = await accounts.PageAsync(wanted.Query, query, cancellationToken);
        return ListAnswer.Of(response, "account", query, [.. found.Select(account => AccountAnswer.Of(account, wanted.Settings))], total);
    }
}
