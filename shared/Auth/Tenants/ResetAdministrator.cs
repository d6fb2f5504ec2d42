using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class ResetAdministrator
{
    /// <param name="Login">The person who gets ROLE_SU and a new password; <c>admin</c> when absent.</param>
    public sealed record Request(string? Login)
    {
        public sealed class Validator : AbstractValidator<Request>
        {
            public Validator() => RuleFor(request => request.Login).Login().When(request => request.Login is not null);
        }
    }

    /// <summary>Let a tenant's administrator in again</summary>
    /// <remarks>For the administrators of the deployment. Makes the person if there is none of that login, and answers a new password, once. It stands in the tenant's audit log.</remarks>
    public static async Task<Results<Ok<User>, ProblemHttpResult>> Handle(
        string tenant, Request request, Caller caller, Tenants tenants, People people, SignIns signIns, Attempts attempts, AuditLog audit,
        CancellationToken cancellation)
    {
        if (await tenants.FindAsync(tenant, cancellation) is null)
            return AuthProblems.NoSuchTenant(tenant);
        var (login, password) = (request.Login ?? "admin", Passwords.Generate());
        var known = await people.FindByLoginAsync(tenant, login, cancellation);
        var handle = known is null ? People.NewHandle() : await people.HandleOfAsync(known, cancellation);
        await audit.RecordAsync(caller, tenant, "tenant.administrator", handle, Differences.OfNew([Roles.Su]), cancellation);
        if (caller.Tenant != tenant)
            await audit.RecordAsync(caller, caller.Tenant, "tenant.administrator", tenant, [], cancellation);
        var person = await people.MakeAdministratorAsync(tenant, login, password, cancellation, handle);
        await signIns.EndAllOfAsync(person.Id, cancellation);
        await attempts.ForgetLoginAsync(person.Key, cancellation);
        return TypedResults.Ok(User.Of(person) with { Password = password });
    }
}
