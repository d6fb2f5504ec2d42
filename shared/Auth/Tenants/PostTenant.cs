using FluentValidation;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class PostTenant
{
    /// <param name="Id"><c>[a-zA-Z0-9_-]{3,64}</c>; never changes.</param>
    /// <param name="Name">For people to read, up to 100 characters.</param>
    /// <param name="TimeZone">IANA name; <c>Europe/Warsaw</c> when absent.</param>
    /// <param name="Currency">ISO 4217 code; <c>PLN</c> when absent.</param>
    /// <param name="SelfRegistration">Members may sign themselves up; no when absent.</param>
    /// <param name="Guests">An application may sign in as <c>anonymous</c>; no when absent.</param>
    /// <param name="Administrator">Login of the person who gets ROLE_SU; <c>admin</c> when absent.</param>
    /// <param name="ErasureGrace">How long a member who leaves may come back: days, <c>P0D</c> to <c>P365D</c>; <c>P7D</c> when absent.</param>
    /// <param name="Country">ISO 3166 code of the country whose phone numbers are those without one; <c>PL</c> when absent.</param>
    public sealed record Request(
        string Id, string Name, string? TimeZone, string? Currency, bool? SelfRegistration, bool? Guests, string? Administrator, string? ErasureGrace, string? Country = null)
    {
        public sealed class Validator : AbstractValidator<Request>
        {
            public Validator()
            {
                RuleFor(request => request.Id).TenantId();
                RuleFor(request => request.Name).TenantName();
                RuleFor(request => request.TimeZone).TimeZone();
                RuleFor(request => request.Currency).Currency();
                RuleFor(request => request.ErasureGrace).Grace();
                RuleFor(request => request.Country).Country();
                RuleFor(request => request.Administrator).Login().When(request => request.Administrator is not null);
            }
        }
    }

    /// <summary>Make a tenant</summary>
    /// <remarks>For the administrators of the deployment. Makes the person with ROLE_SU as well, whose password is answered once.</remarks>
    public static async Task<Results<Created<NewTenantAnswer>, ProblemHttpResult>> Handle(
        Request request, Caller caller, Tenants tenants, TenantDeletions deletions, People people, AuditLog audit, CancellationToken cancellation)
    {
        var tenant = new Tenant(
            request.Id, request.Name, request.TimeZone ?? "Europe/Warsaw", request.Currency ?? "PLN", request.SelfRegistration ?? false, request.Guests ?? false)
        {
            Country = request.Country ?? Tenant.DefaultCountry,
            ErasureGrace = request.ErasureGrace ?? Tenant.DefaultErasureGrace,
        };
        if (await deletions.IsUnderWayAsync(tenant.Id, cancellation))
            return Problems.Conflict("tenant_being_deleted", $"A tenant {tenant.Id} is still being removed.");
        if (await tenants.FindAsync(tenant.Id, cancellation) is not null)
            return Exists(tenant.Id);
        await audit.TenantAsync(caller, "tenant.create", null, tenant, cancellation);
        if (!await tenants.TryCreateAsync(tenant, cancellation))
            return Exists(tenant.Id);
        var (login, password) = (request.Administrator ?? "admin", Passwords.Generate());
        await people.MakeAdministratorAsync(tenant.Id, login, password, cancellation);
        return TypedResults.Created($"/auth-api/api/tenant/{tenant.Id}", new NewTenantAnswer(
            tenant.Id, tenant.Name, tenant.TimeZone, tenant.Currency, tenant.SelfRegistration, tenant.Guests, login, password));
    }

    private static ProblemHttpResult Exists(string id) => Problems.Conflict("tenant_exists", $"There is a tenant {id} already.");
}
