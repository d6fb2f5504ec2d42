using FluentValidation;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class ChangeMyPassword
{
    /// <param name="Current">The password the person signed in with.</param>
    /// <param name="Password">The new one: 10 to 128 characters, none of the common ones and not the login.</param>
    public sealed record Request(string Current, string Password)
    {
        public sealed class Validator : AbstractValidator<Request>
        {
            public Validator()
            {
                RuleFor(request => request.Current).NotEmpty().MaximumLength(256);
                RuleFor(request => request.Password).Password().NotEqual(request => request.Current);
            }
        }
    }

    /// <summary>Change one's own password</summary>
    /// <remarks>Ends every sign-in made with the old one, this one too.</remarks>
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Request request, Caller caller, HttpContext context, People people, SignIns signIns, Attempts attempts, CancellationToken cancellation)
    {
        if (await people.FindAsync(caller.Tenant, caller.Id, cancellation) is not { } person)
            return AuthProblems.NoSuchUser(caller.Id);
        if (PersonRules.IsLogin(request.Password, person.Login))
            return Problems.Validation("password", PersonRules.OwnLogin);
        if (await attempts.TryAsync(person.Key, context.Connection.RemoteIpAddress, cancellation) is { } wait)
            return AuthProblems.TooManyAttempts(context.Response, wait);
        if (!await people.IsPasswordAsync(person, request.Current, cancellation))
            return Problems.Validation("current", "This is not the current password.");
        await attempts.SucceededAsync(person.Key, context.Connection.RemoteIpAddress, cancellation);
        await people.SetPasswordAsync(person, request.Password, cancellation);
        await signIns.EndAllOfAsync(person.Id, cancellation);
        return TypedResults.NoContent();
    }
}
