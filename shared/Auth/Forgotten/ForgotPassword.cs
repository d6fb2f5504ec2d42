using FluentValidation;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Hosting;

namespace Loyalty.Auth;

internal static class ForgotPassword
{
    /// <param name="Login">What one signs in with.</param>
    public sealed record Request(string Login)
    {
        public sealed class Validator : AbstractValidator<Request>
        {
            public Validator() => RuleFor(request => request.Login).NotEmpty().MaximumLength(256);
        }
    }

    /// <summary>Ask for a link to set a new password</summary>
    /// <remarks>
    /// Needs no token. Where there is such a person, the tenant's webhook gets a link that is good once, for 30 minutes. The answer is the same
    /// for everybody, and as quick.
    /// </remarks>
    /// <param name="tenant">The tenant one belongs to.</param>
    public static Results<Accepted, ProblemHttpResult> Handle(
        Request request, [FromHeader(Name = TenantHeader.Name)] string tenant, HttpRequest http, Forgotten forgotten, AuthSettings settings, IHostEnvironment environment)
    {
        if (!TenantHeader.IsTenantId(tenant))
            return Problems.Validation(TenantHeader.Name, TenantHeader.Malformed);
        // Note: the header Host is whatever the caller says, and a link must lead to this host and nowhere else.
        var address = settings.Issuer?.ToString() ?? (environment.IsDevelopment() ? $"{http.Scheme}://{http.Host}{http.PathBase}" : "");
        forgotten.Ask(tenant, request.Login, address.TrimEnd('/'));
        return TypedResults.Accepted((string?)null);
    }
}
