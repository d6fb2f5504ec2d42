using FluentValidation;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Loyalty.Auth;

internal static class Register
{
    /// <param name="Login">1 to 256 characters without spaces; unique in the tenant, whatever the case.</param>
    /// <param name="Password">10 to 128 characters, none of the common ones and not the login.</param>
    /// <param name="FirstName">Up to 100 characters.</param>
    /// <param name="LastName">Up to 100 characters.</param>
    /// <param name="Phone">Up to 32 characters.</param>
    /// <param name="Email">Up to 254 characters.</param>
    public sealed record Request(string Login, string Password, string? FirstName, string? LastName, string? Phone, string? Email)
    {
        public sealed class Validator : AbstractValidator<Request>
        {
            public Validator()
            {
                RuleFor(request => request.Login).Login();
                RuleFor(request => request.Password).Password().NotLogin(request => request.Login);
                RuleFor(request => request.FirstName).Name();
                RuleFor(request => request.LastName).Name();
                RuleFor(request => request.Phone).Phone();
                RuleFor(request => request.Email).Email();
            }
        }
    }

    /// <summary>Sign up as a member</summary>
    /// <remarks>Needs no token. The tenant must allow it; the loyalty account comes with the first sign-in, and what was given here is on it.</remarks>
    /// <param name="tenant">The tenant to become a member of.</param>
    public static async Task<Results<Created<User>, ProblemHttpResult>> Handle(
        Request request, [FromHeader(Name = TenantHeader.Name)] string tenant, Tenants tenants, People people, CancellationToken cancellation)
    {
        if (!TenantHeader.IsTenantId(tenant))
            return Problems.Validation(TenantHeader.Name, TenantHeader.Malformed);
        if (await tenants.FindAsync(tenant, cancellation) is not { SelfRegistration: true })
            return Problems.Forbidden("registration_closed", "Members cannot sign themselves up here.");
        var person = await people.TryCreateAsync(
            new NewPerson(tenant, request.Login, request.Password, [])
            {
                FirstName = request.FirstName,
                LastName = request.LastName,
                Phone = request.Phone,
                Email = request.Email,
            }, cancellation);
        return person is null ? AuthProblems.LoginTaken(request.Login) : TypedResults.Created("/auth-api/api/me", User.Of(person));
    }
}
