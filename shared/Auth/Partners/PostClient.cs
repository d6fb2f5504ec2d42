using FluentValidation;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class PostClient
{
    /// <param name="Id">The client id: <c>[a-zA-Z0-9._-]{1,64}</c>.</param>
    /// <param name="Name">For people to read, up to 100 characters.</param>
    /// <param name="Secret">16 to 256 characters; when absent one is made up and answered, once. A public client has none.</param>
    /// <param name="Public">An app or a page, which cannot keep a secret; no when absent.</param>
    /// <param name="Native">An app on a phone or a computer; no when absent.</param>
    /// <param name="Grants">How it may get tokens.</param>
    /// <param name="Tenants">Up to 100 tenants it may act in; for a client of people alone, none means that people of all tenants may sign in.</param>
    /// <param name="Roles">What it may do in them by itself.</param>
    /// <param name="RedirectUris">Up to 20 exact addresses to which people are sent after signing in; for a native app a loopback address is good with any port.</param>
    /// <param name="PostLogoutRedirectUris">Up to 20 exact addresses to which people may be sent after signing out.</param>
    /// <param name="Origins">Up to 20 origins whose pages may call this host from a browser.</param>
    public sealed record Request(
        string Id, string? Name, string? Secret, bool? Public, bool? Native, IReadOnlyList<Grant> Grants, IReadOnlyList<string>? Tenants, IReadOnlyList<string>? Roles,
        IReadOnlyList<string>? RedirectUris, IReadOnlyList<string>? PostLogoutRedirectUris, IReadOnlyList<string>? Origins)
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
                RuleFor(request => request.RedirectUris).RedirectUris(request => request.Native);
                RuleFor(request => request.PostLogoutRedirectUris).RedirectUris(request => request.Native);
                RuleFor(request => request.Origins).Origins();
            }
        }
    }

    /// <summary>Make a client</summary>
    /// <remarks>For the administrators of the deployment. It stands in the audit log of every tenant that it may enter.</remarks>
    public static async Task<Results<Created<PartnerAnswer>, ProblemHttpResult>> Handle(
        Request request, Caller caller, Partners partners, Tenants tenants, AuditLog audit, CancellationToken cancellation)
    {
        if (await tenants.FirstUnknownAsync(request.Tenants, cancellation) is { } unknown)
            return Problems.Validation("tenants", $"There is no tenant {unknown}.");
        if (PartnerRules.Misfit(request.Public is true, request.Grants, request.RedirectUris ?? [], request.Secret is not null) is { } misfit)
            return Problems.Validation(misfit.Field, misfit.Fault);
        if (await partners.ExistsAsync(request.Id, cancellation))
            return Exists(request.Id);
        var secret = request.Public is true ? null : request.Secret ?? Passwords.GenerateSecret();
        var partner = new NewPartner(request.Id, secret, request.Grants, request.Tenants ?? [], request.Roles ?? [])
        {
            Name = request.Name,
            Native = request.Native is true,
            RedirectUris = request.RedirectUris ?? [],
            PostLogoutRedirectUris = request.PostLogoutRedirectUris ?? [],
            Origins = request.Origins ?? [],
        };
        await audit.ClientAsync(caller, "client.create", null, Partners.ClientOf(partner), cancellation);
        if (!await partners.TryCreateAsync(partner, cancellation) || await partners.FindAsync(request.Id, cancellation) is not { } client)
            return Exists(request.Id);
        return TypedResults.Created($"/auth-api/api/client/{client.Id}", PartnerAnswer.Of(client) with { Secret = request.Secret is null ? secret : null });
    }

    private static ProblemHttpResult Exists(string id) => Problems.Conflict("client_exists", $"There is a client {id} already.");
}
