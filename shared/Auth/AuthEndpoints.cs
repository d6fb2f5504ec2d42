using Loyalty.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Loyalty.Auth;

internal static class AuthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var people = routes.MapApi("/auth-api/api", "people");
        people.MapGet("/me", GetMe.Handle).WithName("getMe").AllowAnyPersonOrGuest();
    }
}
