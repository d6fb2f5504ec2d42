using FluentValidation;
using Loyalty.Events.Contracts;

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
    public ProfileRules()
    {
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
        RuleForEach(e => e.AddTags).Must(tag => tag is not null && Patterns.IsKey(tag)).WithMessage($"A tag is {KeyMessage}.");
        RuleForEach(e => e.RemoveTags).Must(tag => tag is not null && Patterns.IsKey(tag)).WithMessage($"A tag is {KeyMessage}.");
    }
}

internal sealed class CountersRules : EventRules<CountersEvent>
{
    private static readonly string[] Ours = ["orders", "total", "wallet"];

    public CountersRules() => RuleForEach(e => e.Counters)
        .Must(pair => Patterns.IsKey(pair.Key)).WithMessage("A counter's name is 1 to 64 of the characters a-z A-Z 0-9 _ . -")
        .Must(pair => !Ours.Contains(pair.Key)).WithMessage("The counters orders, total and wallet are kept by the platform: leave them out.")
        .Must(pair => Money.IsInBounds(pair.Value)).WithMessage(Money.Bounds);
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
    public WalletRules()
    {
        RuleFor(e => e.Amount).Must(Money.IsInBounds).WithMessage(Money.Bounds);
        RuleFor(e => e.Wallet).IsText(64);
    }
}

internal sealed class DeletedRules : EventRules<DeletedEvent>;

internal sealed class OrderEventRules : EventRules<OrderEvent>
{
    public OrderEventRules() => RuleFor(e => e.Order).SetValidator(new OrderRules());

    protected override bool NeedsAccount => false;
}

internal sealed class OrderRules : AbstractValidator<Order>
{
    public OrderRules()
    {
        RuleFor(o => o.Id).Matches("^[a-zA-Z0-9._:-]{1,128}\\z").WithMessage("An order's id is 1 to 128 of the characters a-z A-Z 0-9 . _ : -");
        RuleFor(o => o.Status).Matches("^[A-Z_]{1,64}\\z").WithMessage("A status is written in capitals, such as COMPLETED.");
        RuleFor(o => o.Total).Must(Money.IsInBounds).WithMessage(Money.Bounds);
        RuleFor(o => o.EditTotal).Must(total => total is null || Money.IsInBounds(total.Value)).WithMessage(Money.Bounds);
        RuleFor(o => o.OrderType).IsText(64);
        RuleFor(o => o.Source).IsText(64);
        RuleFor(o => o.LoyaltyId).IsAccountId();
        RuleFor(o => o.Users).Must(users => users is null or { Count: <= 32 }).WithMessage("At most 32 users.");
        RuleFor(o => o.Coupons).Must(coupons => coupons is null or { Count: <= 16 }).WithMessage("At most 16 coupons.");
        RuleFor(o => o.Buckets).Must(buckets => buckets is null or { Count: <= 64 }).WithMessage("At most 64 buckets.");
        RuleForEach(o => o.Users).ChildRules(user => user.RuleFor(u => u.UserId).IsAccountId());
        RuleForEach(o => o.Coupons).ChildRules(coupon => coupon.RuleFor(c => c.Coupon).Matches("^[a-zA-Z0-9_-]{1,64}\\z")
            .WithMessage("A coupon is 1 to 64 of the characters a-z A-Z 0-9 _ -"));
        RuleForEach(o => o.Buckets).ChildRules(bucket =>
        {
            bucket.RuleFor(b => b.Venue).Matches("^[a-zA-Z0-9._-]{1,64}\\z").WithMessage("A venue is 1 to 64 of the characters a-z A-Z 0-9 . _ -");
            bucket.RuleFor(b => b.Lines).Must(lines => lines is null or { Count: <= 500 }).WithMessage("At most 500 lines.");
            bucket.RuleForEach(b => b.Lines).ChildRules(line => line.RuleFor(l => l.ProductId).IsText(128));
        });
    }
}

internal static class Money
{
    public const string Bounds = "An amount lies between -1000000000 and 1000000000 and has at most 6 decimals.";

    public static bool IsInBounds(decimal amount) => Math.Abs(amount) <= 1_000_000_000m && amount.Scale <= 6;
}
