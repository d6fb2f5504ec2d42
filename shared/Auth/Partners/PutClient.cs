using FluentValidation;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Loyalty.Auth;

internal static class PutClient
{
    /// <param name="Name">For people to read, up to 100 characters.</param>
    /// <param name="Grants">How it may get tokens.</param>
    /// <param name="Tenants">Up to 100 tenants it may act in.</param>
    /// <param name="Roles">What it may do in them by itself.</param>
    /// <param name="Native">An app on a phone or a computer; no when absent.</param>
    /// <param name="RedirectUris">Up to 20 exact addresses to which people are sent after signing in; none when absent.</param>
    /// <param name="PostLogoutRedirectUris">Up to 20 exact addresses to which people may be sent after signing out; none when absent.</param>
    /// <param name="Origins">Up to 20 origins whose pages may call this host from a browser; none when absent.</param>
    public sealed record Request(
        string? Name, IReadOnlyList<Grant> Grants, IReadOnlyList<string> Tenants, IReadOnlyList<string> Roles,
        bool? Native, IReadOnlyList<string>? RedirectUris, IReadOnlyList<string>? PostLogoutRedirectUris, IReadOnlyList<string>? Origins)
    {
        public sealed class Validator : AbstractValidator<Request>
        {
            public Validator()
            {
                RuleFor(request => request.Name).Name();
                RuleFor(request => request.Grants).Grants();
                RuleFor(request => request.Tenants).TenantIds();
                RuleFor(request => request.Roles).KnownRoles();
                RuleFor(request => request.RedirectUris).RedirectUris(request => request.Native);
                RuleFor(request => request.PostLogoutRedirectUris).RedirectUris(request => request.Native);
                RuleFor(request => request.Origins).Origins();
            }
        }
    }

    /// <summary>Change a client</summary>
    /// <remarks>
    /// For the administrators of the deployment. Ends all its tokens, as they say what it was allowed before, and the sign-ins of people
    /// through it. It stands in the audit log of every tenant that it might enter before or may now. Those of the host itself stay as they are.
    /// </remarks>
    public static async Task<Results<Ok<PartnerAnswer>, ProblemHttpResult>> Handle(
        string client, Request request, Caller caller, Partners partners, Tenants tenants, SignIns signIns, AuditLog audit, CancellationToken cancellation)
    {
        if (await tenants.FirstUnknownAsync(request.Tenants, cancellation) is { } unknown)
            return Problems.Validation("tenants", $"There is no tenant {unknown}.");
        if (await partners.FindAsync(client, cancellation) is not { } known)
            return AuthProblems.NoSuchClient(client);
        if (known.BuiltIn)
            return AuthProblems.BuiltIn(client);
        if (PartnerRules.Misfit(known.Type == ClientTypes.Public, request.Grants, request.RedirectUris ?? [], hasSecret: false) is { } misfit)
            return Problems.Validation(misfit.Field, misfit.Fault);
        await audit.ClientAsync(caller, "client.change", known, Partners.Changed(known, request), cancellation);
        if (await partners.ChangeAsync(client, request, cancellation) is not { } changed)
            return AuthProblems.NoSuchClient(client);
        await signIns.EndAllThroughAsync(client, cancellation);
        return TypedResults.Ok(PartnerAnswer.Of(changed));
    }
}
