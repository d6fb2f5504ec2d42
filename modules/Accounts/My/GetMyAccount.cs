using Loyalty.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Accounts;

internal static class GetMyAccount
{
    public static Task<Results<Ok<AccountAnswer>, Accepted, ProblemHttpResult>> Handle(Caller caller, MyAccount mine, CancellationToken cancellationToken) =>
        mine.ReadAsync(caller, cancellationToken);
}
