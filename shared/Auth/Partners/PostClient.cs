using FluentValidation;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class PostClient
{
    /// <param name="Id">The client id: <c>[a-zA-Z0-9._-]{1,64}</c>.</param>
    /// <param name="Name">For people to read, up to 100 characters.</param>
    /// <param name="Secret">16 to 256 characters; when absent one is made up and answered, once.</param>
    /// <param name="Grants">How it may get tokens.</param>
    /// <param name="Tenants">Up to 100 tenants it may act in; for PASSWORD alone, none means that people of all tenants may sign in.</param>
    /// <param name="Roles">What it may do in them by itself.</param>
    public sealed record Request(
        string Id, string? Name, string? Secret, IReadOnlyList<Grant> Grants, IReadOnlyList<string>? Tenants, IReadOnlyList<string>? Roles)
    {
        public sealed class Validator : AbstractValidator<Request>
        {
            public Validator()
            {
                RuleFor(request => request.Id).ClientId();
                RuleFor(request => request.Name).Name();
                RuleFor(request => request.Secret).Length(16, 256);
                RuleFor(request => request.Grants).Grants();
                RuleFor(request => request.Tenants).TenantIds();
                RuleFor(request => request.Roles).KnownRoles();
            }
        }
    }

    /// <summary>Make a client</summary>
    /// <remarks>For the administrators of the deployment.</remarks>
    public static async Task<Results<Created<PartnerAnswer>, ProblemHttpResult>> Handle(
        Request request, Partners partners, Tenants tenants, CancellationToken cancellation)
    {
        if (await tenants.FirstUnknownAsync(request.Tenants, cancellation) is { } unknown)
            return Problems.Validation("tenants", $"There is no tenant {unknown}.");
        var secret = request.Secret ?? Passwords.GenerateSecret();
        var partner = new NewPartner(request.Id, secret, request.Grants, request.Tenants ?? [], request.Roles ?? []) { Name = request.Name };
        if (!await partners.TryCreateAsync(partner, cancellation) || await partners.FindAsync(request.Id, cancellation) is not { } client)
            return Problems.Conflict("client_exists", $"There is a client {request.Id} already.");
        return TypedResults.Created($"/auth-api/api/client/{client.Id}", PartnerAnswer.Of(client) with { Secret = request.Secret is null ? secret : null });
    }
}
