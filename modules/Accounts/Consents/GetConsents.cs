using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Loyalty.Events.Contracts;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Accounts;

/// <summary>One change of a consent.</summary>
/// <param name="Consent">Its name.</param>
/// <param name="Value">What was said; <c>true</c>, <c>yes</c> and <c>1</c> give it.</param>
/// <param name="Ts">When it was said, as far as the sender knew.</param>
/// <param name="AcceptedAt">When it arrived.</param>
/// <param name="Client">The client that brought it: a partner's id, <c>staff</c>, <c>application</c>; absent where the member said it in person.</param>
/// <param name="Transaction">The one transaction for which it holds; only with scope TRANSACTION.</param>
internal sealed record ConsentAnswer(
    string Consent, string Value, ConsentScope Scope, string? Transaction, DateTimeOffset Ts, DateTimeOffset AcceptedAt, string? Client)
{
    public static ConsentAnswer Of(ConsentWord word) =>
        new(word.Consent, word.Value, word.Scope, word.Transaction, word.Ts, word.AcceptedAt, word.Client);
}

internal static class GetConsents
{
    /// <summary>The fields that this list is filtered by: none.</summary>
    internal sealed record Fields;

    /// <summary>List what a member has agreed to over time</summary>
    /// <remarks>Every change of a consent, newest first: what was said, when, and by which client it came.</remarks>
    public static async Task<Results<Ok<IReadOnlyList<ConsentAnswer>>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9._-]{3,64}")] string account, Caller caller, ListQuery query, AccountStore accounts, ConsentStore consents,
        HttpResponse response, CancellationToken cancellationToken)
    {
        query.RequireFieldsOf<Fields>("Consents");
        if (await accounts.FindAsync(caller.Tenant, account, cancellationToken) is not { } found)
            return Problems.NotFound("account_not_found", $"There is no account {account}.");
        var (words, total) = await consents.OfAsync(caller.Tenant, [found.Incarnation, .. found.FormerIncarnations], query.Skip, query.Take, cancellationToken);
        return ListAnswer.Of(response, "consents", query, [.. words.Select(ConsentAnswer.Of)], total);
    }
}
