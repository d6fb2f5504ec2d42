using FluentValidation;
using Loyalty.Web;

namespace Loyalty.Campaigns;

internal abstract class StateRules<T> : AbstractValidator<T> where T : StateDefinition
{
    protected StateRules()
    {
        RuleFor(s => s.Id).Matches("^[a-zA-Z0-9_-]{1,32}\\z").WithMessage("A state's id is 1 to 32 of the characters a-z A-Z 0-9 _ -");
        RuleFor(s => s.Constraints).Items(0, 16).WithMessage("A state has up to 16 constraints.");
        RuleForEach(s => s.Constraints).NotNull().SetValidator(new ConstraintRules());
    }

    protected static bool IsKey(string? text) =>
        text is { Length: >= 1 and <= 64 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    protected static bool IsMoney(decimal amount) => Math.Abs(amount) <= 1_000_000_000m && amount.Scale <= 6;
}

internal sealed class AccountStateRules : StateRules<AccountStateDefinition>
{
    private const string KeyMessage = "1 to 64 of the characters a-z A-Z 0-9 _ . -";
    private static readonly string[] Ours = ["orders", "total", "wallet"];

    public AccountStateRules()
    {
        RuleForEach(s => s.AddTags).Must(IsKey).WithMessage($"A tag is {KeyMessage}.");
        RuleForEach(s => s.RemoveTags).Must(IsKey).WithMessage($"A tag is {KeyMessage}.");
        RuleForEach(s => s.Properties).Must(pair => IsKey(pair.Key) && pair.Value is { Length: <= 1024 })
            .WithMessage($"A property's key is {KeyMessage}, its value has up to 1024 characters.");
        RuleForEach(s => s.Counters).Must(pair => IsKey(pair.Key) && IsMoney(pair.Value) && !Ours.Contains(pair.Key))
            .WithMessage($"A counter's name is {KeyMessage}, and not orders, total or wallet, which are kept by the platform.");
    }
}

internal sealed class CouponStateRules : StateRules<CouponStateDefinition>
{
    public CouponStateRules()
    {
        RuleFor(s => s.Prefix).Matches("^[a-zA-Z0-9_-]{0,16}\\z").WithMessage("A prefix has up to 16 of the characters a-z A-Z 0-9 _ -");
        RuleFor(s => s.Uses).InclusiveBetween(1, 100).WithMessage("A coupon can be used 1 to 100 times.");
        RuleFor(s => s.ValidFor).Must(text => text is null || Durations.Read(text) > TimeSpan.Zero)
            .WithMessage("Write how long the coupon is valid as an ISO 8601 duration, such as P14D.");
        RuleFor(s => s.ValidTo).Null().When(s => s.ValidFor is not null).WithMessage("Give either validFor or validTo.");
        RuleFor(s => s.ValidTo).NotNull().When(s => s.ValidFor is null).WithMessage("Say how long the coupon is valid: validFor or validTo.");
    }
}

internal sealed class MessageStateRules : StateRules<MessageStateDefinition>
{
    public MessageStateRules()
    {
        RuleFor(s => s.Title).MaximumLength(256).WithMessage("A title has up to 256 characters.");
        RuleFor(s => s.Message).MaximumLength(256).WithMessage("A message has up to 256 characters.");
        RuleFor(s => s.Image).MaximumLength(256).WithMessage("An image's address has up to 256 characters.");
        RuleFor(s => s.Payload).Must(payload => payload is null || payload.Count <= 32 && payload.All(pair => pair.Key.Length <= 64 && pair.Value is { Length: <= 1024 }))
            .WithMessage("A payload has up to 32 entries, with names of up to 64 and values of up to 1024 characters.");
    }
}

internal sealed class OrderStateRules : StateRules<OrderStateDefinition>
{
    public OrderStateRules()
    {
        RuleFor(s => s.Count).InclusiveBetween(1, 1000).WithMessage("Wait for 1 to 1000 orders.");
        RuleFor(s => s.MinTotal).Must(total => total is null || IsMoney(total.Value)).WithMessage("An amount is at most 1000000000 and has up to 6 decimals.");
        RuleFor(s => s.OrderTypes).Must(IsShort).WithMessage("Name up to 64.");
        RuleFor(s => s.Sources).Must(IsShort).WithMessage("Name up to 64.");
        RuleFor(s => s.Venues).Must(IsShort).WithMessage("Name up to 64.");
        RuleFor(s => s.Products).Must(IsShort).WithMessage("Name up to 64.");
    }

    private static bool IsShort(IReadOnlyList<string>? list) => list is null || list.Count <= 64 && list.All(item => item is { Length: <= 128 });
}

internal sealed class WalletStateRules : StateRules<WalletStateDefinition>
{
    public WalletStateRules()
    {
        RuleFor(s => s.Amount).Must(amount => amount > 0 && IsMoney(amount)).WithMessage("A credit is more than 0, at most 1000000000, with up to 6 decimals.");
        RuleFor(s => s.ValidFor).Must(text => text is null || Durations.Read(text) > TimeSpan.Zero)
            .WithMessage("Write how long the credit is valid as an ISO 8601 duration, such as P90D.");
    }
}
