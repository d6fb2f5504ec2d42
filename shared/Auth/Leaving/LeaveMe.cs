using System.Text.Json.Serialization;
using FluentValidation;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class LeaveMe
{
    /// <param name="Login">One's own login, as a sign that it is meant.</param>
    public sealed record Request(string Login)
    {
        public sealed class Validator : AbstractValidator<Request>
        {
            public Validator() => RuleFor(request => request.Login).NotEmpty().MaximumLength(256);
        }
    }

    /// <param name="DeleteAfter">Until then one can come back; after that everything is erased.</param>
    public sealed record Leaving([property: JsonPropertyName("deleteAfter")] DateTimeOffset DeleteAfter);

    /// <summary>Leave</summary>
    /// <remarks>
    /// Suspends the person at once: nothing works any more but reading who one is and coming back. After the tenant's grace everything about
    /// them is erased. Where the tenant's grace is P0D that happens at once, and the answer is <c>true</c>.
    /// </remarks>
    /// <returns>Until when one can come back; <c>true</c> where everything is erased already.</returns>
    public static async Task<Results<Ok<Leaving>, Ok<bool>, ProblemHttpResult>> Handle(
        [Microsoft.AspNetCore.Mvc.FromBody] Request request, Caller caller, People people, Tenants tenants, DueLeavers leavers, TimeProvider time, CancellationToken cancellation)
    {
        if (await people.FindAsync(caller.Tenant, caller.Id, cancellation) is not { } person)
            return AuthProblems.NoSuchUser(caller.Id);
        if (Person.KeyOf(caller.Tenant, request.Login) != person.Key)
            return Problems.Validation("login", "Write your own login, as a sign that you mean it.");
        if (!person.IsMember)
            return Problems.Conflict("staff", "Who has a role is removed by another administrator.");
        if (person.DeleteAfter is { } asked)
            return TypedResults.Ok(new Leaving(asked));
        var grace = (await tenants.FindAsync(caller.Tenant, cancellation))?.Grace ?? TimeSpan.Zero;
        if (grace == TimeSpan.Zero)
        {
            await leavers.LeaveAsync(person, CancellationToken.None);
            return TypedResults.Ok(true);
        }
        // Note: as it will be read again, which is to the millisecond.
        var until = DateTimeOffset.FromUnixTimeMilliseconds((time.GetUtcNow() + grace).ToUnixTimeMilliseconds());
        await people.SuspendAsync(person, until, cancellation);
        return TypedResults.Ok(new Leaving(until));
    }
}
