using Loyalty.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Loyalty.Auth;

internal static class AuthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var me = routes.MapApi("/auth-api/api", "me");
        me.MapGet("/me", GetMe.Handle).WithName("getMe").AllowAnyPersonOrGuest();
        me.MapPost("/me/password", ChangeMyPassword.Handle).WithName("changeMyPassword").AllowAnyPerson();
        me.MapPost("/register", Register.Handle).WithName("register").AllowAnonymous();

        var users = routes.MapApi("/auth-api/api/user", "user");
        users.MapGet("", GetUsers.Handle).WithName("getUsers").Allow(Callers.People, Roles.Su);
        users.MapPost("", PostUser.Handle).WithName("postUser").Allow(Callers.People, Roles.Su);
        users.MapGet("/{user}", GetUser.Handle).WithName("getUser").Allow(Callers.People, Roles.Su);
        users.MapPut("/{user}", PutUser.Handle).WithName("putUser").Allow(Callers.People, Roles.Su);
        users.MapDelete("/{user}", DeleteUser.Handle).WithName("deleteUser").Allow(Callers.People, Roles.Su);
        users.MapPost("/{user}/password", ResetPassword.Handle).WithName("resetPassword").Allow(Callers.People, Roles.Su);
    }
}
