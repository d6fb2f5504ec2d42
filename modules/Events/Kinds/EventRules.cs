using FluentValidation;
using Loyalty.Events.Contracts;

namespace Loyalty.Events;

/// <summary>Bounds that every kind of event shares.</summary>
internal abstract class EventRules<T> : AbstractValidator<T> where T : LoyaltyEvent
{
    private static readonly DateTimeOffset Earliest = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    protected EventRules()
    {
        RuleFor(e => e.Account).IsAccountId();
        RuleFor(e => e.Card).IsAccountId();
        RuleFor(e => e.Ts).GreaterThanOrEqualTo(Earliest).WithMessage("An event happened in 1900 or later.");
        RuleFor(e => e.EventId).Matches("^[a-zA-Z0-9._:-]{1,128}\\z").WithMessage("An event id is 1 to 128 of the characters a-z A-Z 0-9 . _ : -");
        RuleFor(e => e.Account).NotNull().When(e => NeedsAccount && e.Card is null).WithMessage("Name the account, or its card.");
        RuleFor(e => e.Consents!).SetValidator(new ConsentsRules()).When(e => e.Consents is not null);
    }

    protected virtual bool NeedsAccount => true;
}

internal sealed class ConsentsRules : AbstractValidator<Consents>
{
    public ConsentsRules()
    {
        RuleFor(c => c.Transaction).Matches("^[a-zA-Z0-9_.-]{0,128}\\z").WithMessage("A transaction is up to 128 of the characters a-z A-Z 0-9 _ . -");
        RuleFor(c => c.Transaction).NotEmpty().When(c => c.Scope == ConsentScope.Transaction).WithMessage("Consents of scope TRANSACTION name their transaction.");
        RuleFor(c => c.Values).Must(values => values.Count <= 64).WithMessage("At most 64 consents.");
        RuleForEach(c => c.Values).Must(pair => Patterns.IsKey(pair.Key) && pair.Value.Length <= 256)
            .WithMessage("A consent's name is 1 to 64 of the characters a-z A-Z 0-9 _ . - and its value up to 256 characters.");
    }
}

internal static class Patterns
{
    public static bool IsEventId(string id) =>
        id.Length is >= 1 and <= 128 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or ':' or '-');

    public static bool IsKey(string key) =>
        key.Length is >= 1 and <= 64 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    /// <summary>Note: what an account can hold in all; more of it in one event could not be taken anyway.</summary>
    public const int MostInEvent = 256;

    /// <summary>Note: <c>count</c> is a route in the place of an account's id.</summary>
    public static IRuleBuilderOptions<T, string?> IsAccountId<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Matches("^(?![cC][oO][uU][nN][tT]\\z)[a-zA-Z0-9._-]{3,64}\\z")
            .WithMessage("{PropertyName} is 3 to 64 of the characters a-z A-Z 0-9 . _ - and is not count.");

    public static IRuleBuilderOptions<T, string?> IsText<T>(this IRuleBuilder<T, string?> rule, int most) =>
        rule.MaximumLength(most).WithMessage("{PropertyName} holds up to {MaxLength} characters.");
}
