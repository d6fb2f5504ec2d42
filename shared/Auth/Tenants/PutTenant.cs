using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class PutTenant
{
    /// <param name="Name">For people to read, up to 100 characters.</param>
    /// <param name="TimeZone">IANA name.</param>
    /// <param name="Currency">ISO 4217 code; amounts that were counted stay the numbers they are.</param>
    /// <param name="SelfRegistration">Members may sign themselves up.</param>
    /// <param name="Guests">An application may sign in as <c>anonymous</c>; without, guests are out within seconds.</param>
    /// <param name="ErasureGrace">How long a member who leaves may come back: days, <c>P0D</c> to <c>P365D</c>; absent leaves it.</param>
    /// <param name="Country">ISO 3166 code of the country whose phone numbers are those without one; absent leaves it.</param>
    public sealed record Request(string Name, string TimeZone, string Currency, bool SelfRegistration, bool Guests, string? ErasureGrace, string? Country = null)
    {
        public sealed class Validator : AbstractValidator<Request>
        {
            public Validator()
            {
                RuleFor(request => request.Name).TenantName();
                RuleFor(request => request.TimeZone).TimeZone();
                RuleFor(request => request.Currency).Currency();
                RuleFor(request => request.ErasureGrace).Grace();
                RuleFor(request => request.Country).Country();
            }
        }
    }

    /// <summary>Change a tenant</summary>
    /// <remarks>The deployment's administrators change all, those of a tenant their own.</remarks>
    public static async Task<Results<Ok<Tenant>, ProblemHttpResult>> Handle(
        string tenant, Request request, Caller caller, Tenants tenants, AuditLog audit, IMediator mediator, TimeProvider time, CancellationToken cancellation)
    {
        if (!Tenants.MayManage(caller, tenant) || await tenants.FindAsync(tenant, cancellation) is not { } known)
            return AuthProblems.NoSuchTenant(tenant);
        var changed = new Tenant(tenant, request.Name, request.TimeZone, request.Currency, request.SelfRegistration, request.Guests)
        {
            Country = request.Country ?? known.Country,
            ErasureGrace = request.ErasureGrace ?? known.ErasureGrace,
        };
        await audit.TenantAsync(caller, "tenant.change", known, changed, cancellation);
        if (!await tenants.TryChangeAsync(changed, cancellation))
            return AuthProblems.NoSuchTenant(tenant);
        // Note: said of every save, not only of changes, so that repeating one that was interrupted here mends it.
        await mediator.Publish(new TenantChanged(tenant, time.GetUtcNow()), CancellationToken.None);
        return TypedResults.Ok(changed);
    }
}
