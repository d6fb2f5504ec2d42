using FluentValidation;
using Loyalty.Web;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class ChangeMe
{
    public sealed record Request
    {
        /// <summary>Up to 100 characters. Absent leaves it, null clears it.</summary>
        public Optional<string?> FirstName { get; init; }

        /// <summary>Up to 100 characters. Absent leaves it, null clears it.</summary>
        public Optional<string?> LastName { get; init; }

        /// <summary>Up to 32 characters. Absent leaves it, null clears it.</summary>
        public Optional<string?> Phone { get; init; }

        /// <summary>Up to 254 characters. Absent leaves it, null clears it.</summary>
        public Optional<string?> Email { get; init; }

        /// <summary>Where one's phone takes push messages, up to 512 characters. Absent leaves it, null clears it.</summary>
        public Optional<string?> PushId { get; init; }

        public sealed class Validator : AbstractValidator<Request>
        {
            public Validator()
            {
                RuleFor(request => request.FirstName.Value).Name().OverridePropertyName("firstName");
                RuleFor(request => request.LastName.Value).Name().OverridePropertyName("lastName");
                RuleFor(request => request.Phone.Value).Phone().OverridePropertyName("phone");
                RuleFor(request => request.Email.Value).Email().OverridePropertyName("email");
                RuleFor(request => request.PushId.Value).MaximumLength(512).OverridePropertyName("pushId");
            }
        }
    }

    /// <summary>Change one's own data</summary>
    /// <remarks>The loyalty account follows. Answers <c>true</c>.</remarks>
    public static async Task<Results<Ok<bool>, ProblemHttpResult>> Handle(
        Request request, Caller caller, People people, IMediator mediator, TimeProvider time, CancellationToken cancellation)
    {
        if (await people.FindAsync(caller.Tenant, caller.Id, cancellation) is not { } person)
            return AuthProblems.NoSuchUser(caller.Id);
        await people.ChangeDataAsync(person, request, cancellation);
        if (person.IsMember)
            await mediator.Publish(new PersonChanged(caller.Tenant, caller.Id, time.GetUtcNow())
            {
                TokenIssuedAt = caller.TokenIssuedAt,
                FirstName = request.FirstName,
                LastName = request.LastName,
                Phone = request.Phone,
                Email = request.Email,
                PushId = request.PushId,
            }, CancellationToken.None);
        return TypedResults.Ok(true);
    }
}
