using FluentValidation;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class ResetPassword
{
    /// <param name="Password">10 to 128 characters, none of the common ones and not the login; when absent one is made up and answered, once.</param>
    public sealed record Request(string? Password)
    {
        public sealed class Validator : AbstractValidator<Request>
        {
            public Validator() => RuleFor(request => request.Password).Password();
        }
    }

    /// <summary>Give a person a new password</summary>
    /// <remarks>Ends every sign-in made with the old one, and a lock-out.</remarks>
    public static async Task<Results<Ok<User>, ProblemHttpResult>> Handle(
        string user, Request request, Caller caller, People people, SignIns signIns, Attempts attempts, AuditLog audit, CancellationToken cancellation)
    {
        if (await people.FindAsync(caller.Tenant, user, cancellation) is not { } person)
            return AuthProblems.NoSuchUser(user);
        if (PersonRules.IsLogin(request.Password, person.Login))
            return Problems.Validation("password", PersonRules.OwnLogin);
        await audit.PersonAsync(caller, caller.Tenant, "user.password", person, person, cancellation);
        var password = request.Password ?? Passwords.Generate();
        await people.SetPasswordAsync(person, password, cancellation);
        await signIns.EndAllOfAsync(person.Id, cancellation);
        await attempts.ForgetLoginAsync(person.Key, cancellation);
        return TypedResults.Ok(User.Of(person) with { Password = request.Password is null ? password : null });
    }
}
