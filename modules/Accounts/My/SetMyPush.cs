using FluentValidation;
using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Accounts;

internal static class SetMyPush
{
    /// <param name="PushId">Where the phone takes push messages: up to 512 characters. Null: nowhere any more.</param>
    public sealed record Request(Optional<string?> PushId);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.PushId).Must(id => id.IsGiven).WithMessage("Give the push id, or null to have none.");
            RuleFor(request => request.PushId.Value).MaximumLength(512).OverridePropertyName("pushId").WithMessage("A push id has up to 512 characters.");
        }
    }

    /// <summary>Set where my phone takes push messages</summary>
    public static Task<Results<Ok<AccountAnswer>, Accepted, ProblemHttpResult>> Handle(
        Request request, Caller caller, MyAccount mine, CancellationToken cancellationToken) =>
        mine.ChangeAsync(caller, new FollowPerson.Body { PushId = request.PushId }, cancellationToken);
}
