using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class PostUser
{
    /// <param name="Login">1 to 256 characters without spaces; unique in the tenant, whatever the case.</param>
    /// <param name="Password">10 to 128 characters, none of the common ones and not the login; when absent one is made up and answered, once.</param>
    /// <param name="FirstName">Up to 100 characters.</param>
    /// <param name="LastName">Up to 100 characters.</param>
    /// <param name="Roles">What the person may do; a mere member has none.</param>
    public sealed record Request(string Login, string? Password, string? FirstName, string? LastName, IReadOnlyList<string>? Roles)
    {
        public sealed class Validator : AbstractValidator<Request>
        {
            public Validator()
            {
                RuleFor(request => request.Login).Login();
                RuleFor(request => request.Password).Password().NotLogin(request => request.Login);
                RuleFor(request => request.FirstName).Name();
                RuleFor(request => request.LastName).Name();
                RuleFor(request => request.Roles).KnownRoles();
            }
        }
    }

    /// <summary>Make a person</summary>
    public static async Task<Results<Created<User>, ProblemHttpResult>> Handle(
        Request request, Caller caller, People people, AuditLog audit, CancellationToken cancellation)
    {
        if (await people.FindByLoginAsync(caller.Tenant, request.Login, cancellation) is not null)
            return AuthProblems.LoginTaken(request.Login);
        var handle = People.NewHandle();
        await audit.RecordAsync(caller, caller.Tenant, "user.create", handle, Differences.OfNew(request.Roles ?? []), cancellation);
        var password = request.Password ?? Passwords.Generate();
        var person = await people.TryCreateAsync(
            new NewPerson(caller.Tenant, request.Login, password, request.Roles ?? []) { FirstName = request.FirstName, LastName = request.LastName, Handle = handle }, cancellation);
        return person is null
            ? AuthProblems.LoginTaken(request.Login)
            : TypedResults.Created($"/auth-api/api/user/{person.Id}", User.Of(person) with { Password = request.Password is null ? password : null });
    }
}
