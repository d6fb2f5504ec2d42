using Loyalty.Auth;
using Loyalty.Events.Contracts;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Accounts;

/// <summary>The signed-in person's own account. It comes into being when it is first asked for.</summary>
internal static class GetMyAccount
{
    public static async Task<Results<Ok<AccountAnswer>, ProblemHttpResult>> Handle(
        Caller caller, AccountStore store, IInbox inbox, TimeProvider time, CancellationToken cancellationToken)
    {
        var account = await store.FindAsync(caller.Tenant, caller.Id, cancellationToken);
        if (account is null)
        {
            var now = time.GetUtcNow();
            await inbox.PostAsync([NewEntry.Internal(caller.Tenant, $"login:{Guid.NewGuid():N}", "LOGIN", caller.Id, now, new LoginEvent { Account = caller.Id })],
                cancellationToken);
            account = await store.FindAsync(caller.Tenant, caller.Id, cancellationToken);
        }
        return account is not null
            ? TypedResults.Ok(AccountAnswer.Of(account))
            : Problems.Of(StatusCodes.Status503ServiceUnavailable, "not_yet_decided", "The account is being made. Ask again in a moment.");
    }
}
