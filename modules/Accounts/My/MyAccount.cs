using Loyalty.Auth;
using Loyalty.Events.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Accounts;

/// <summary>The signed-in person's own account: read, and changed through the inbox like everything else.</summary>
internal sealed class MyAccount(AccountStore store, AccountAnswers answers, IInbox inbox, TimeProvider time)
{
    /// <summary>It comes into being when it is first asked for.</summary>
    public async Task<Results<Ok<AccountAnswer>, ProblemHttpResult>> ReadAsync(Caller caller, CancellationToken cancellationToken) =>
        await store.FindAsync(caller.Tenant, caller.Id, cancellationToken) is { } account
            ? TypedResults.Ok(await answers.OfAsync(account, cancellationToken))
            : await ChangeAsync(caller, "LOGIN", new LoginEvent { Account = caller.Id }, cancellationToken);

    public async Task<Results<Ok<AccountAnswer>, ProblemHttpResult>> ChangeAsync<T>(Caller caller, string kind, T body, CancellationToken cancellationToken)
    {
        var entry = NewEntry.Internal(caller.Tenant, $"my:{Guid.NewGuid():N}", kind, caller.Id, time.GetUtcNow(), body);
        var outcome = (await inbox.PostAsync([entry], CancellationToken.None))[0];
        if (outcome.Problem is { } problem)
            return problem.ToResult();
        return await store.FindAsync(caller.Tenant, caller.Id, cancellationToken) is { } account
            ? TypedResults.Ok(await answers.OfAsync(account, cancellationToken))
            : EventProblems.NotYetDecided();
    }
}
