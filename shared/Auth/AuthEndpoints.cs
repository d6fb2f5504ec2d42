using Loyalty.Web;
using Loyalty.Web.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loyalty.Auth;

internal static class AuthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var me = routes.MapApi("/auth-api/api", "me");
        me.MapGet("/me", GetMe.Handle).WithName("getMe").AllowAnyPersonOrGuest();
        me.MapPost("/me", ChangeMe.Handle).WithName("changeMe").AllowAnyPerson();
        me.MapDelete("/me", LeaveMe.Handle).WithName("leaveMe").ProducesProblem(StatusCodes.Status409Conflict).AllowAnyPersonOrLeaver();
        me.MapPost("/me/restore", RestoreMe.Handle).WithName("restoreMe").AllowAnyPersonOrLeaver();
        me.MapPost("/password/forgotten", ForgotPassword.Handle).WithName("forgotPassword")
            .ProducesProblem(StatusCodes.Status429TooManyRequests).AllowAnonymous();
        me.MapPost("/me/password", ChangeMyPassword.Handle).WithName("changeMyPassword").AllowAnyPerson();
        me.MapPost("/register", Register.Handle).WithName("register").ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests).AllowAnonymous();

        var users = routes.MapApi("/auth-api/api/user", "user");
        users.MapGet("", GetUsers.Handle).WithName("getUsers").Allow(Callers.People, Roles.Su);
        users.MapPost("", PostUser.Handle).WithName("postUser").ProducesProblem(StatusCodes.Status409Conflict).Allow(Callers.People, Roles.Su);
        users.MapGet("/{user}", GetUser.Handle).WithName("getUser").Allow(Callers.People, Roles.Su);
        users.MapPut("/{user}", PutUser.Handle).WithName("putUser").ProducesProblem(StatusCodes.Status409Conflict).Allow(Callers.People, Roles.Su);
        users.MapDelete("/{user}", DeleteUser.Handle).WithName("deleteUser").ProducesProblem(StatusCodes.Status409Conflict).Allow(Callers.People, Roles.Su);
        users.MapPost("/{user}/password", ResetPassword.Handle).WithName("resetPassword").Allow(Callers.People, Roles.Su);

        var clients = routes.MapApi("/auth-api/api/client", "client");
        clients.MapGet("", GetClients.Handle).WithName("getClients").AllowAdministrators();
        clients.MapPost("", PostClient.Handle).WithName("postClient").ProducesProblem(StatusCodes.Status409Conflict).AllowAdministrators();
        clients.MapGet("/{client}", GetClient.Handle).WithName("getClient").AllowAdministrators();
        clients.MapPut("/{client}", PutClient.Handle).WithName("putClient").ProducesProblem(StatusCodes.Status409Conflict).AllowAdministrators();
        clients.MapDelete("/{client}", DeleteClient.Handle).WithName("deleteClient").ProducesProblem(StatusCodes.Status409Conflict).AllowAdministrators();
        clients.MapPost("/{client}/secret", ResetSecret.Handle).WithName("resetSecret").ProducesProblem(StatusCodes.Status409Conflict).AllowAdministrators();

        var tenants = routes.MapApi("/auth-api/api/tenant", "tenant");
        tenants.MapGet("", GetTenants.Handle).WithName("getTenants").AllowAdministrators();
        tenants.MapPost("", PostTenant.Handle).WithName("postTenant").ProducesProblem(StatusCodes.Status409Conflict).AllowAdministrators();
        tenants.MapGet("/{tenant}", GetTenant.Handle).WithName("getTenant")
            .Allow(Callers.People, Roles.Su, Roles.Loyalty, Roles.LoyaltyCampaign, Roles.LoyaltyStats);
        tenants.MapDelete("/{tenant}", DeleteTenant.Handle).WithName("deleteTenant").ProducesProblem(StatusCodes.Status409Conflict).AllowAdministrators();
        tenants.MapGet("/{tenant}/deletion", GetTenantDeletion.Handle).WithName("getTenantDeletion").AllowAdministrators();
        tenants.MapGet("/{tenant}/client", GetTenantClients.Handle).WithName("getTenantClients").Allow(Callers.People, Roles.Su);
        tenants.MapPut("/{tenant}", PutTenant.Handle).WithName("putTenant").Allow(Callers.People, Roles.Su);
        tenants.MapPost("/{tenant}/administrator", ResetAdministrator.Handle).WithName("resetAdministrator").AllowAdministrators();

        routes.MapApi("/api/operations", "operations").MapGet("/audit", GetAudit.Handle).WithName("getAudit")
            .WithListFilter<AuditFilter.Fields>().Allow(Callers.PeopleAndPartners, Roles.Su);

        var keys = routes.MapApi("/auth-api/api/key", "key");
        keys.MapPost("/rotate", RotateKeys.Handle).WithName("rotateKeys").AllowAdministrators();
    }

    /// <summary>This host's own pages, which are no part of the API.</summary>
    public static void MapPages(IEndpointRouteBuilder routes)
    {
        routes.MapGet(SignInPage.Path, SignInPage.Show).ExcludeFromDescription();
        routes.MapPost(SignInPage.Path, SignInPage.Take).ExcludeFromDescription();
        routes.MapGet(NewPasswordPage.Path, NewPasswordPage.Show).ExcludeFromDescription();
        routes.MapPost(NewPasswordPage.Path, NewPasswordPage.Take).ExcludeFromDescription();
    }
}
