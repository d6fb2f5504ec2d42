using FluentValidation;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Loyalty.Auth;

/// <summary>How far the deletion of a tenant has come; once it is done, its receipt.</summary>
/// <param name="Tenant">The tenant's id.</param>
/// <param name="AskedAt">When it was asked for.</param>
/// <param name="ConfirmBefore">Until then it can be asked for the second time; only as long as it was not.</param>
/// <param name="ConfirmedAt">When it was asked for the second time: from then on nobody gets in.</param>
/// <param name="DoneAt">When everything was removed.</param>
/// <param name="Removed">What was removed, and how many of it; once it is done.</param>
internal sealed record TenantDeletionAnswer(
    string Tenant, DateTimeOffset AskedAt, DateTimeOffset? ConfirmBefore, DateTimeOffset? ConfirmedAt, DateTimeOffset? DoneAt, IReadOnlyDictionary<string, long>? Removed)
{
    public static TenantDeletionAnswer Of(TenantDeletion deletion) => new(
        deletion.Tenant, deletion.AskedAt, deletion.ConfirmedAt is null ? deletion.AskedAt + TenantDeletions.Considered : null,
        deletion.ConfirmedAt, deletion.DoneAt, deletion.DoneAt is null ? null : deletion.Removed);
}

internal static class DeleteTenant
{
    /// <param name="Id">The second time: the tenant's id once more, as a sign that it is meant.</param>
    public sealed record Request(string? Id)
    {
        public sealed class Validator : AbstractValidator<Request>;
    }

    /// <summary>Delete a tenant</summary>
    /// <remarks>
    /// For the administrators of the deployment. It is asked for twice: the first time changes nothing; the second time, within an hour and
    /// with the tenant's id in the body, closes the tenant to everybody at once. Everything of it is then removed in the background.
    /// </remarks>
    public static async Task<Results<Accepted<TenantDeletionAnswer>, ProblemHttpResult>> Handle(
        string tenant, [FromBody] Request? request, Caller caller, Tenants tenants, TenantDeletions deletions, TenantRemoval removal, AuditLog audit,
        CancellationToken cancellation)
    {
        if (await tenants.FindAsync(tenant, cancellation) is not { } known)
            return AuthProblems.NoSuchTenant(tenant);
        if (tenant == Tenant.System)
            return Problems.Conflict("tenant_system", "The tenant of the administrators cannot be deleted.");
        if (request?.Id is null)
        {
            await audit.TenantAsync(caller, "tenant.delete-asked", known, known, cancellation);
            return Answer(await deletions.AskAsync(tenant, cancellation));
        }
        if (request.Id != tenant)
            return Problems.Validation("id", "Write the tenant's id, as a sign that you mean it.");
        await audit.TenantAsync(caller, "tenant.delete", known, known, cancellation);
        if (await deletions.ConfirmAsync(tenant, cancellation) is not { } confirmed)
            return Problems.Conflict("deletion_not_asked", "Ask for it first, without a body; the second time, within an hour, it is done.");
        await removal.CloseAsync(tenant, CancellationToken.None);
        removal.Wake();
        return Answer(confirmed);
    }

    private static Accepted<TenantDeletionAnswer> Answer(TenantDeletion deletion) =>
        TypedResults.Accepted($"/auth-api/api/tenant/{deletion.Tenant}/deletion", TenantDeletionAnswer.Of(deletion));
}

internal static class GetTenantDeletion
{
    /// <summary>How far the deletion of a tenant has come</summary>
    /// <remarks>For the administrators of the deployment. Once it is done, the receipt: what was removed.</remarks>
    public static async Task<Results<Ok<TenantDeletionAnswer>, ProblemHttpResult>> Handle(
        string tenant, TenantDeletions deletions, CancellationToken cancellation) =>
        await deletions.FindAsync(tenant, cancellation) is { } found
            ? TypedResults.Ok(TenantDeletionAnswer.Of(found))
            : Problems.NotFound("deletion_not_found", $"Nobody has asked for the deletion of a tenant {tenant}.");
}
