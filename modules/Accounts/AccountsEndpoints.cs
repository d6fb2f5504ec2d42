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
        api.MapGet("/account/{account}/export", ExportMember.Handle).WithName("exportMember").Allow(Callers.PeopleAndPartners, Roles.Loyalty);
        api.MapGet("/account/{account}/consent", GetConsents.Handle).WithName("getConsents").WithListFilter<GetConsents.Fields>()
            .Allow(Callers.PeopleAndPartners, Roles.Loyalty);
        api.MapGet("/account/card/{card}", GetAccountByCard.Handle).WithName("getAccountByCard").WithSummary("Get account by card")
            .Allow(Callers.PeopleAndPartners, Roles.Loyalty);
        api.MapGet("/account/{account}/wallet", GetWallet.OfAccount).WithName("getWallet").WithSummary("Get an account's wallet")
            .WithDescription("The balance, the credits it is made of in the order in which they are spent, what ends next, and the movements, newest first.")
            .Allow(Callers.PeopleAndPartners, Roles.Loyalty, Roles.LoyaltyEvent);
        api.MapGet("/my/wallet", GetWallet.Mine).WithName("getMyWallet").WithSummary("Get my wallet")
            .WithDescription("The balance, the credits it is made of in the order in which they are spent, what ends next, and the movements, newest first.").AllowAnyPerson();
        api.MapGet("/export/account", ExportAccounts.Handle).WithName("export").WithListFilter<AccountFilter>(paged: false)
            .WithTags("account", "export")
            .Exports<AccountAnswer>().Allow(Callers.PeopleAndPartners, Roles.Loyalty);
        api.MapGet("/export/contact", ExportContacts.Handle).WithName("contactExport").WithListFilter<AccountFilter>(paged: false)
            .WithTags("campaign", "account", "export")
            .Exports<Contact>().Allow(Callers.PeopleAndPartners, Roles.Loyalty);
        api.MapGet("/my/account", GetMyAccount.Handle).WithName("getMyAccount").WithSummary("Get my account").AllowAnyPerson();
        api.MapGet("/my", GetMyAccount.Handle).WithName("getMyAccount_1").WithSummary("Get my account").AllowAnyPerson();
        api.MapPut("/my/profile", SetMyProfile.Handle).WithName("setMyProfile").WithSummary("Set my profile")
            .WithDescription("An absent field is left as it is, null clears it.").AllowAnyPerson();
        api.MapPut("/my/properties", SetMyProperties.Handle).WithName("setMyProperties").WithSummary("Set my properties and tags")
            .WithDescription("Only properties and tags whose names begin with `my_`; null removes a property.").AllowAnyPerson();
        api.MapPut("/my/push", SetMyPush.Handle).WithName("setMyPush").AllowAnyPerson();
        api.MapPut("/my/card", SetMyCard.Handle).WithName("setMyCard").AllowAnyPerson();
        api.MapGet("/my/export", ExportMember.Mine).WithName("exportMe").AllowAnyPerson();
        api.MapPut("/my/consents", SetMyConsents.Handle).WithName("setMyConsents").AllowAnyPerson();
        routes.MapApi("/api", "event").MapPost("/webhook/order/{tenant}", TakeOrderWebhook.Handle).WithName("orderWebhook")
            .WithSummary("Take an order from the ordering platform")
            .WithDescription("Needs no token: `x-signature` is the hex SHA-256 of the raw body followed by the tenant's secret. The body is at most 1 MB, and its tenant, where it names one, is that of the path. A repeat (the same bytes of `order`) changes nothing.")
            .Accepts<TakeOrderWebhook.Body>("application/json").ValidatesItself().AllowAnonymous().ProducesProblem(StatusCodes.Status401Unauthorized);
    }

    private static RouteHandlerBuilder Exports<T>(this RouteHandlerBuilder route) => route
        .Produces<IReadOnlyList<T>>(StatusCodes.Status200OK, ExportFormats.Json.ContentType, ExportFormats.Lines.ContentType, ExportFormats.Csv.ContentType)
        .ProducesProblem(StatusCodes.Status406NotAcceptable);
}
