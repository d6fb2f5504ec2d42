using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Accounts;

internal static class GetAccount
{
    public static async Task<Results<Ok<AccountAnswer>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9._-]{3,64}")] string account, Caller caller, AccountStore store, AccountAnswers answers,
        CancellationToken cancellationToken) =>
        await store.FindAsync(caller.Tenant, account, cancellationToken) is { } found
            ? TypedResults.Ok(await answers.OfAsync(found, cancellationToken))
            : Problems.NotFound("account_not_found", $"There is no account {account}.");
}
