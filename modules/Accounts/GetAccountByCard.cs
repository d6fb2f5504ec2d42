using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Accounts;

internal static class GetAccountByCard
{
    public static async Task<Results<Ok<AccountAnswer>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9._-]{3,64}")] string card, Caller caller, ClaimStore claims, AccountStore accounts, AccountAnswers answers,
        CancellationToken cancellationToken)
    {
        var claim = (await claims.FindAsync([Claim.Card(caller.Tenant, card)], cancellationToken)).SingleOrDefault();
        var holder = claim?.Account is { } id ? await accounts.FindAsync(caller.Tenant, id, cancellationToken) : null;
        return holder is not null
            ? TypedResults.Ok(await answers.OfAsync(holder, cancellationToken))
            : Problems.NotFound("account_not_found", $"No account has the card {card}.");
    }
}
