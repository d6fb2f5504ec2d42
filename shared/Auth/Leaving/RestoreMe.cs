using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class RestoreMe
{
    /// <param name="Set">Up to 64 consents that are given with it.</param>
    /// <param name="Unset">Up to 64 consents that are withdrawn with it.</param>
    public sealed record Request(IReadOnlyList<string>? Set, IReadOnlyList<string>? Unset)
    {
        public sealed class Validator : AbstractValidator<Request>
        {
            public Validator()
            {
                RuleFor(request => request.Set).Must(AreConsents).WithMessage(Expected);
                RuleFor(request => request.Unset).Must(AreConsents).WithMessage(Expected);
            }

            private const string Expected = "Up to 64 names of consents, of 1 to 64 characters each.";

            private static bool AreConsents(IReadOnlyList<string>? names) => names is null || (names.Count <= 64 && names.All(name => name is { Length: >= 1 and <= 64 }));
        }
    }

    /// <summary>Come back</summary>
    /// <remarks>Takes back that one asked to leave, as long as the tenant's grace lasts. Answers <c>true</c>, also where nobody asked.</remarks>
    public static async Task<Results<Ok<bool>, ProblemHttpResult>> Handle(
        Request? request, Caller caller, People people, IMediator mediator, TimeProvider time, CancellationToken cancellation)
    {
        if (await people.FindAsync(caller.Tenant, caller.Id, cancellation) is not { } person)
            return AuthProblems.NoSuchUser(caller.Id);
        await people.SuspendAsync(person, null, cancellation);
        if (person.IsMember)
            await mediator.Publish(new PersonRestored(caller.Tenant, caller.Id, time.GetUtcNow())
            {
                TokenIssuedAt = caller.TokenIssuedAt,
                SetConsents = request?.Set ?? [],
                UnsetConsents = request?.Unset ?? [],
            }, CancellationToken.None);
        return TypedResults.Ok(true);
    }
}
