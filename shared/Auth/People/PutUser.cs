using FluentValidation;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class PutUser
{
    /// <param name="FirstName">Up to 100 characters.</param>
    /// <param name="LastName">Up to 100 characters.</param>
    /// <param name="Roles">What the person may do; counts from the next call on.</param>
    /// <param name="Active">False ends every sign-in of the person at once.</param>
    public sealed record Request(string? FirstName, string? LastName, IReadOnlyList<string> Roles, bool Active)
    {
        public sealed class Validator : AbstractValidator<Request>
        {
            public Validator()
            {
                RuleFor(request => request.FirstName).Name();
                RuleFor(request => request.LastName).Name();
                RuleFor(request => request.Roles).KnownRoles();
            }
        }
    }

    /// <summary>Change a person</summary>
    /// <remarks>The login stays. Nobody takes their own rights away, so that somebody who can give them is left.</remarks>
    public static async Task<Results<Ok<User>, ProblemHttpResult>> Handle(
        string user, Request request, Caller caller, People people, SignIns signIns, AuditLog audit, CancellationToken cancellation)
    {
        if (await people.FindAsync(caller.Tenant, user, cancellation) is not { } person)
            return AuthProblems.NoSuchUser(user);
        if (person.Id == caller.Id && (!request.Active || !request.Roles.Contains(Roles.Su)))
            return Problems.Conflict("yourself", "Nobody deactivates themselves or gives up their own ROLE_SU: ask another administrator.");
        var wanted = person with { FirstName = request.FirstName, LastName = request.LastName, Roles = request.Roles, Active = request.Active };
        await audit.PersonAsync(caller, caller.Tenant, "user.change", person, wanted, cancellation);
        var changed = await people.ChangeAsync(wanted, cancellation);
        if (changed is null)
            return AuthProblems.NoSuchUser(user);
        if (!changed.Active)
            await signIns.EndAllOfAsync(changed.Id, cancellation);
        return TypedResults.Ok(User.Of(changed));
    }
}
