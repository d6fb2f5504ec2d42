using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

/// <summary>One act of management.</summary>
/// <param name="Id">The order of ids is the order in time.</param>
/// <param name="At">When.</param>
/// <param name="Action">Noun and verb, such as <c>user.change</c>, <c>client.create</c>, <c>tenant.administrator</c>.</param>
/// <param name="Kind">What kind of caller did it.</param>
/// <param name="Outside">It was done from outside the tenant, by an administrator of the deployment.</param>
/// <param name="By">Who did it: a person's handle, or a client's id. A handle leads to nobody once the person is erased.</param>
/// <param name="ByLogin">That person's login, as long as there is that person.</param>
/// <param name="Subject">What it was done to: a person's handle, or an id.</param>
/// <param name="SubjectLogin">That person's login, as long as there is that person.</param>
/// <param name="Changes">What has become different. Secrets and personal data are not shown: of those only that they changed.</param>
internal sealed record AuditAnswer(
    string Id, DateTimeOffset At, string Action, AuditBy Kind, bool Outside, string? By, string? ByLogin, string? Subject, string? SubjectLogin,
    IReadOnlyList<AuditChange> Changes);

internal static class GetAudit
{
    /// <summary>Who managed what</summary>
    /// <remarks>
    /// Everything that people and clients managed in this tenant, from inside and from outside, newest first. Nobody can change it; entries
    /// are kept as long as events. An entry is written before its change is made.
    /// </remarks>
    public static async Task<Ok<IReadOnlyList<AuditAnswer>>> Handle(
        Caller caller, ListQuery query, AuditLog audit, People people, HttpResponse response, CancellationToken cancellation)
    {
        var (found, total) = await audit.ListAsync(caller.Tenant, query, cancellation);
        var logins = await people.LoginsOfAsync(found.SelectMany(entry => new[] { entry.By, entry.Subject }).OfType<string>(), cancellation);
        return ListAnswer.Of(response, "audit", query, [.. found.Select(entry => Of(entry, logins))], total);
    }

    private static AuditAnswer Of(AuditEntry entry, IReadOnlyDictionary<string, string> logins) => new(
        entry.Id[(entry.Tenant.Length + 1)..], entry.At, entry.Action, entry.Kind, entry.Kind == AuditBy.Administrator,
        entry.By, LoginOf(entry.By, logins), entry.Subject, LoginOf(entry.Subject, logins), entry.Changes);

    private static string? LoginOf(string? handle, IReadOnlyDictionary<string, string> logins) => handle is null ? null : logins.GetValueOrDefault(handle);
}
