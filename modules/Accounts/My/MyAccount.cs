using Loyalty.Auth;
using Loyalty.Events.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Accounts;

/// <summary>The signed-in person's own account: read, and changed through the inbox like everything else.</summary>
internal sealed class MyAccount(AccountStore store, AccountAnswers answers, IInbox inbox, TimeProvider time)
{
    /// <summary>It comes into being when it is first asked for.</summary>
    public async Task<Results<Ok<AccountAnswer>, Accepted, ProblemHttpResult>> ReadAsync(Caller caller, CancellationToken cancellationToken) =>
        await store.FindAsync(caller.Tenant, caller.Id, cancellationToken) is { } account
            ? TypedResults.Ok(await answers.OfAsync(account, cancellationToken))
            : await ChangeAsync(caller, new LoginEvent { Account = caller.Id }, cancellationToken);

    /// <summary>202 where the change is durable and was not decided in time: the account is to be read again later.</summary>
    public async Task<Results<Ok<AccountAnswer>, Accepted, ProblemHttpResult>> ChangeAsync(Caller caller, object body, CancellationToken cancellationToken)
    {
        var entry = NewEntry.Once(caller.Tenant, body, time.GetUtcNow(), caller.Id) with { Sender = caller.AsSender() };
        var outcome = (await inbox.PostAsync([entry], CancellationToken.None))[0];
        if (outcome.Problem is { } problem)
            return problem.ToResult();
        return outcome.Status != OutcomeStatus.Accepted && await store.FindAsync(caller.Tenant, caller.Id, cancellationToken) is { } account
            ? TypedResults.Ok(await answers.OfAsync(account, cancellationToken))
            : TypedResults.Accepted("/api/my/account");
    }
}
