using FluentValidation;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class PutClient
{
    /// <param name="Name">For people to read, up to 100 characters.</param>
    /// <param name="Grants">How it may get tokens.</param>
    /// <param name="Tenants">Up to 100 tenants it may act in.</param>
    /// <param name="Roles">What it may do in them by itself.</param>
    public sealed record Request(string? Name, IReadOnlyList<Grant> Grants, IReadOnlyList<string> Tenants, IReadOnlyList<string> Roles)
    {
        public sealed class Validator : AbstractValidator<Request>
        {
            public Validator()
            {
                RuleFor(request => request.Name).Name();
                RuleFor(request => request.Grants).Grants();
                RuleFor(request => request.Tenants).TenantIds();
                RuleFor(request => request.Roles).KnownRoles();
            }
        }
    }

    /// <summary>Change a client</summary>
    /// <remarks>For the administrators of the deployment. Ends all its tokens, as they say what it was allowed before, and the sign-ins of people through it.</remarks>
    public static async Task<Results<Ok<PartnerAnswer>, ProblemHttpResult>> Handle(
        string client, Request request, Partners partners, Tenants tenants, SignIns signIns, CancellationToken cancellation)
    {
        if (await tenants.FirstUnknownAsync(request.Tenants, cancellation) is { } unknown)
            return Problems.Validation("tenants", $"There is no tenant {unknown}.");
        if (await partners.ChangeAsync(client, request, cancellation) is not { } changed)
            return AuthProblems.NoSuchClient(client);
        await signIns.EndAllThroughAsync(client, cancellation);
        return TypedResults.Ok(PartnerAnswer.Of(changed));
    }
}
