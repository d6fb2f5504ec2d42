using FluentValidation;
using Loyalty.Auth;
using Loyalty.Events.Contracts;
using Loyalty.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Accounts;

internal static class SetMyCard
{
    /// <param name="Card">The number on the card, <c>[a-zA-Z0-9._-]{3,64}</c>.</param>
    public sealed record Request(string Card)
    {
        public sealed class Validator : AbstractValidator<Request>
        {
            public Validator() => RuleFor(request => request.Card).Pattern("[a-zA-Z0-9._-]{3,64}").WithMessage("A card is 3 to 64 of the characters a-z A-Z 0-9 . _ -");
        }
    }

    /// <summary>Link a card to my account</summary>
    /// <remarks>A card that belongs to another account is a 409.</remarks>
    public static Task<Results<Ok<AccountAnswer>, Accepted, ProblemHttpResult>> Handle(
        Request request, Caller caller, MyAccount mine, CancellationToken cancellationToken) =>
        mine.ChangeAsync(caller, new CardEvent { Account = caller.Id, Card = request.Card }, cancellationToken);
}
