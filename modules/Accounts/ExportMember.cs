using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Accounts;

/// <summary>Everything that is kept about one member.</summary>
/// <param name="Account">The account as it is.</param>
/// <param name="Consents">Every change of a consent, newest first.</param>
/// <param name="Events">The newest 10000 events and calls that concerned the member, newest first.</param>
/// <param name="Parts">What else is kept, by what it is.</param>
internal sealed record MemberExport(
    AccountAnswer Account, IReadOnlyList<ConsentAnswer> Consents, IReadOnlyList<LoggedEntry> Events, IReadOnlyDictionary<string, JsonElement> Parts);

/// <summary>Gathers everything about one member, from all modules.</summary>
internal sealed class ExportMember(
    AccountStore accounts, AccountAnswers answers, ConsentStore consents, IEntryLog log, IEnumerable<IMemberPart> parts)
{
    private const int MostEvents = 10_000;
    private const int MostConsents = 10_000;

    /// <summary>Export everything about a member</summary>
    /// <remarks>For people who ask what is kept about them: account, consents, events, coupons and campaigns.</remarks>
    public static Task<Results<Ok<MemberExport>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9._-]{3,64}")] string account, Caller caller, ExportMember export, HttpResponse response, CancellationToken cancellationToken) =>
        export.OfAsync(caller.Tenant, account, response, cancellationToken);

    /// <summary>Export everything about me</summary>
    /// <remarks>Account, consents, events, coupons and campaigns.</remarks>
    public static Task<Results<Ok<MemberExport>, ProblemHttpResult>> Mine(
        Caller caller, ExportMember export, HttpResponse response, CancellationToken cancellationToken) =>
        export.OfAsync(caller.Tenant, caller.Id, response, cancellationToken);

    private async Task<Results<Ok<MemberExport>, ProblemHttpResult>> OfAsync(
        string tenant, string account, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(tenant, account, cancellationToken) is not { } found)
            return Problems.NotFound("account_not_found", $"There is no account {account}.");
        var (words, _) = await consents.OfAsync(tenant, [found.Incarnation, .. found.FormerIncarnations], 0, MostConsents, cancellationToken);
        var kept = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var part in parts)
            kept[part.Name] = JsonSerializer.SerializeToElement(await part.OfAsync(found, cancellationToken), JsonSettings.Options);
        response.Headers.ContentDisposition = "attachment; filename=\"member.json\"";
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new MemberExport(
            await answers.OfAsync(found, cancellationToken), [.. words.Select(ConsentAnswer.Of)],
            await log.OfSubjectAsync(tenant, account, MostEvents, cancellationToken), kept));
    }
}
