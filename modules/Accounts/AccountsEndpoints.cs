using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loyalty.Accounts;

internal static class AccountsEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi("/api", "account");
        api.MapGet("/account/{account}", GetAccount.Handle).WithName("getAccount").WithSummary("Get account")
            .Allow(Callers.PeopleAndPartners, Roles.Loyalty);
        api.MapGet("/account/card/{card}", GetAccountByCard.Handle).WithName("getAccountByCard").WithSummary("Get account by card")
            .Allow(Callers.PeopleAndPartners, Roles.Loyalty);
        api.MapGet("/my/account", GetMyAccount.Handle).WithName("getMyAccount").WithSummary("Get my account").AllowAnyPerson();
        api.MapGet("/my", GetMyAccount.Handle).WithName("getMyAccount_1").WithSummary("Get my account").AllowAnyPerson();
    }
}
