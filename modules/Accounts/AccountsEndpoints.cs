using Loyalty.Auth;
using Loyalty.Web;
using Loyalty.Web.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loyalty.Accounts;

internal static class AccountsEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi("/api", "account");
        api.MapGet("/account", GetAccounts.Handle).WithName("getAccounts").WithListFilter<AccountFilter>()
            .Allow(Callers.People, Roles.Loyalty);
        api.MapGet("/account/count", GetAccountsCount.Handle).WithName("getAccountsCount").WithListFilter<AccountFilter>(paged: false)
            .WithTags("react-admin-list-controller").Allow(Callers.People, Roles.Loyalty);
        api.MapGet("/account/{account}", GetAccount.Handle).WithName("getAccount").WithSummary("Get account")
            .Allow(Callers.PeopleAndPartners, Roles.Loyalty);
        api.MapGet("/account/card/{card}", GetAccountByCard.Handle).WithName("getAccountByCard").WithSummary("Get account by card")
            .Allow(Callers.PeopleAndPartners, Roles.Loyalty);
        api.MapGet("/export/account", ExportAccounts.Handle).WithName("export").WithListFilter<AccountFilter>(paged: false)
            .WithTags("account", "export")
            .Exports<AccountAnswer>().Allow(Callers.PeopleAndPartners, Roles.Loyalty);
        api.MapGet("/export/contact", ExportContacts.Handle).WithName("contactExport").WithListFilter<AccountFilter>(paged: false)
            .WithTags("campaign", "account", "export")
            .Exports<Contact>().Allow(Callers.PeopleAndPartners, Roles.Loyalty);
        api.MapGet("/my/account", GetMyAccount.Handle).WithName("getMyAccount").WithSummary("Get my account").AllowAnyPerson();
        api.MapGet("/my", GetMyAccount.Handle).WithName("getMyAccount_1").WithSummary("Get my account").AllowAnyPerson();
    }

    private static RouteHandlerBuilder Exports<T>(this RouteHandlerBuilder route) => route
        .Produces<IReadOnlyList<T>>(StatusCodes.Status200OK, ExportFormats.Json.ContentType, ExportFormats.Lines.ContentType, ExportFormats.Csv.ContentType)
        .ProducesProblem(StatusCodes.Status406NotAcceptable);
}
