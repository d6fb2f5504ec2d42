using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Accounts;

internal static class GetAccountsCount
{
    /// <summary>Get count of accounts</summary>
    /// <remarks>Takes the filter of getAccounts; order and page make no difference.</remarks>
    /// <returns>How many accounts match: a JSON number. The headers <c>Content-Range</c> and <c>X-Total-Count</c> say the same.</returns>
    public static async Task<Ok<long>> Handle(
        Caller caller, ListQuery query, AccountRequests requests, AccountLists accounts, HttpResponse response, CancellationToken cancellationToken)
    {
        var wanted = await requests.ReadAsync(caller, query, cancellationToken);
        var total = await accounts.CountAsync(wanted.Query, cancellationToken);
        ListAnswer.Of<AccountAnswer>(response, "account", query, [], total);
        return TypedResults.Ok(total);
    }
}
