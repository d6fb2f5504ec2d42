using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Accounts;

/// <summary>What a wallet holds and how it came to that, for a manager, a till, and the member.</summary>
internal static class GetWallet
{
    /// <param name="limit">How many movements, 1 to 500.</param>
    /// <param name="cursor">Of the page before.</param>
    public static async Task<Results<Ok<WalletAnswer>, ProblemHttpResult>> OfAccount(
        [RegularExpression("[a-zA-Z0-9._-]{3,64}")] string account, Caller caller, AccountStore accounts, LedgerStore ledger, CancellationToken cancellationToken,
        [Range(1, 500)] int limit = 50, [RegularExpression("[0-9]{1,20}-[0-9]{1,20}-[0-9]{1,10}")] string? cursor = null) =>
        await accounts.FindAsync(caller.Tenant, account, cancellationToken) is { } found
            ? TypedResults.Ok(WalletAnswer.Of(account, found, await ledger.PageAsync(found.Incarnation, LedgerPoint.Read(cursor), limit + 1, cancellationToken), limit))
            : Problems.NotFound("account_not_found", $"There is no account {account}.");

    /// <param name="limit">How many movements, 1 to 500.</param>
    /// <param name="cursor">Of the page before.</param>
    public static async Task<Ok<WalletAnswer>> Mine(
        Caller caller, AccountStore accounts, LedgerStore ledger, CancellationToken cancellationToken,
        [Range(1, 500)] int limit = 50, [RegularExpression("[0-9]{1,20}-[0-9]{1,20}-[0-9]{1,10}")] string? cursor = null)
    {
        var found = await accounts.FindAsync(caller.Tenant, caller.Id, cancellationToken);
        var movements = found is null ? [] : await ledger.PageAsync(found.Incarnation, LedgerPoint.Read(cursor), limit + 1, cancellationToken);
        return TypedResults.Ok(WalletAnswer.Of(caller.Id, found, movements, limit));
    }
}
