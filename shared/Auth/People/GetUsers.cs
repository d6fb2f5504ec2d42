using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class GetUsers
{
    /// <summary>People of the tenant</summary>
    /// <remarks>Filter fields: <c>q</c> (login or last name begins so), <c>id</c>, <c>login</c>, <c>role</c>, <c>active</c>.</remarks>
    public static async Task<Ok<IReadOnlyList<User>>> Handle(Caller caller, ListQuery query, People people, HttpResponse response, CancellationToken cancellation)
    {
        var (found, total) = await people.ListAsync(caller.Tenant, query, cancellation);
        return ListAnswer.Of(response, "user", query, [.. found.Select(User.Of)], total);
    }
}
