using FluentValidation;
using Loyalty.Auth;
using Loyalty.Events.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Accounts;

internal static class SetMyConsents
{
    /// <param name="Consents">
    /// 1 to 64 consents by name, <c>[a-zA-Z0-9_.-]{1,64}</c>, with values of up to 256 characters; <c>true</c>, <c>yes</c> and <c>1</c> give one,
    /// anything else withdraws it. Those that are not named stay.
    /// </param>
    public sealed record Request(IReadOnlyDictionary<string, string> Consents);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Consents).Must(consents => consents is { Count: >= 1 and <= 64 }).WithMessage("Give 1 to 64 consents.");
            RuleForEach(request => request.Consents)
                .Must(consent => IsName(consent.Key) && consent.Value is { Length: <= 256 })
                .WithMessage("A consent's name is 1 to 64 of the characters a-z A-Z 0-9 _ . - and its value up to 256 characters.");
        }

        private static bool IsName(string name) => name.Length is >= 1 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');
    }

    /// <summary>Give or withdraw my consents</summary>
    public static Task<Results<Ok<AccountAnswer>, Accepted, ProblemHttpResult>> Handle(
        Request request, Caller caller, MyAccount mine, CancellationToken cancellationToken) => mine.ChangeAsync(caller, new ConsentsEvent
        {
            Account = caller.Id,
            Consents = new Consents { Scope = ConsentScope.Account, Values = request.Consents },
        }, cancellationToken);
}
