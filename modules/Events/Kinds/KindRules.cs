using FluentValidation;
using Loyalty.Events.Contracts;
using Loyalty.Time;
using Loyalty.Web;

namespace Loyalty.Events;

internal sealed class RelationRules : EventRules<RelationEvent>
{
    public RelationRules()
    {
        RuleFor(e => e.Id).IsAccountId();
        RuleFor(e => e.Id).NotEqual(e => e.Account).WithMessage("An account cannot be related to itself.");
    }
}

internal sealed class ProfileRules : EventRules<ProfileEvent>
{
    private static readonly DateOnly Earliest = new(1900, 1, 1);

    public ProfileRules(TimeProvider time)
    {
        // Note: in some zones it is tomorrow already.
        RuleFor(e => e.Birthdate).Must(day => day is null || day >= Earliest && day <= DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime.AddDays(1)))
            .WithMessage("A birthdate lies between 1900-01-01 and today.");
        RuleFor(e => e.Phone).IsText(32);
        RuleFor(e => e.Email).IsText(254);
        RuleFor(e => e.PushId).IsText(512);
        RuleFor(e => e.FirstName).IsText(128);
        RuleFor(e => e.LastName).IsText(128);
        RuleFor(e => e.InvitedBy).IsText(32);
    }
}

internal sealed class LoginRules : EventRules<LoginEvent>
{
    public LoginRules() => RuleFor(e => e.PushId).IsText(512);
}

internal sealed class PropertiesRules : EventRules<PropertiesEvent>
{
    private const string KeyMessage = "1 to 64 of the characters a-z A-Z 0-9 _ . -";

    public PropertiesRules()
    {
        RuleForEach(e => e.Properties).Must(pair => Patterns.IsKey(pair.Key)).WithMessage($"A property's key is {KeyMessage}.")
            .Must(pair => pair.Value is null or { Length: <= 1024 }).WithMessage("A property's value holds up to 1024 characters.");
        RuleFor(e => e.Properties).Items(0, Patterns.MostInEvent);
        RuleFor(e => e.AddTags).Items(0, Patterns.MostInEvent);
        RuleFor(e => e.RemoveTags).Items(0, Patterns.MostInEvent);
        RuleForEach(e => e.AddTags).Must(Patterns.IsKey).WithMessage($"A tag is {KeyMessage}.");
        RuleForEach(e => e.RemoveTags).Must(Patterns.IsKey).WithMessage($"A tag is {KeyMessage}.");
    }
}

internal sealed class CountersRules : EventRules<CountersEvent>
{
    private static readonly string[] Ours = ["orders", "total", "wallet", "invited", "invitedActive"];

    public CountersRules()
    {
        RuleFor(e => e.Counters).Items(0, Patterns.MostInEvent);
        RuleForEach(e => e.Counters)
            .Must(pair => Patterns.IsKey(pair.Key))
            .WithMessage("A counter's name is 1 to 64 of the characters a-z A-Z 0-9 _ . -")
            .Must(pair => !Ours.Contains(pair.Key))
            .WithMessage("The counters orders, total, wallet, invited and invitedActive are kept by the platform: leave them out.")
            .Must(pair => Money.IsInBounds(pair.Value)).WithMessage(Money.Bounds);
    }
}

internal sealed class CardRules : EventRules<CardEvent>
{
    public CardRules()
    {
        RuleFor(e => e.Account).NotNull().WithMessage("Name the account that gets the card.");
        RuleFor(e => e.Card).NotNull().WithMessage("Name the card.");
    }
}

internal sealed class ConsentsEventRules : EventRules<ConsentsEvent>
{
    public ConsentsEventRules() => RuleFor(e => e.Consents).NotNull().WithMessage("Say which consents.");
}

internal sealed class WalletRules : EventRules<WalletEvent>
{
    /// <summary>A hundred years.</summary>
    private const double LongestDays = 36_525;

    public WalletRules()
    {
        RuleFor(e => e.Amount).Must(Money.IsInBounds).WithMessage(Money.Bounds);
        RuleFor(e => e.Wallet).IsText(64);
        RuleFor(e => e.ValidFor).Must(text => CalendarPeriod.TryParse(text, out var period) && period is { IsPositive: true, AverageDays: <= LongestDays })
            .When(e => e.ValidFor is not null).WithMessage("Write how long the credit is valid as an ISO 8601 duration of up to 100 years, such as P1Y.");
        RuleFor(e => e.ValidFor).Null().When(e => e.Amount <= 0).WithMessage("Only credit can end: leave validFor out where something is spent.");
        RuleFor(e => e.Order).Matches("^[a-zA-Z0-9._:-]{1,128}\\z").WithMessage("An order's id is 1 to 128 of the characters a-z A-Z 0-9 . _ : -");
        RuleFor(e => e.Order).Null().When(e => e.Amount >= 0).WithMessage("Only what is spent names an order: leave it out where something is given.");
    }
}

internal sealed class DeletedRules : EventRules<DeletedEvent>;

internal sealed class OrderEventRules : EventRules<OrderEvent>
{
    public OrderEventRules() => RuleFor(e => e.Order).SetValidator(new OrderRules());

    protected override bool NeedsAccount => false;
}
