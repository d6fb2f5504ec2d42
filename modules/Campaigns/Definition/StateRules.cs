using FluentValidation;
using Loyalty.Accounts.Contracts;
using Loyalty.Web;

namespace Loyalty.Campaigns;

internal abstract class StateRules<T> : AbstractValidator<T> where T : StateDefinition
{
    protected StateRules()
    {
        RuleFor(s => s.Id).Matches("^[a-zA-Z0-9_-]{1,32}\\z").WithMessage("A state's id is 1 to 32 of the characters a-z A-Z 0-9 _ -");
        RuleFor(s => s.Constraints).Items(0, 16).WithMessage("A state has up to 16 constraints.");
        RuleForEach(s => s.Constraints).NotNull().WithMessage("Write a constraint here, or nothing.").SetValidator(new ConstraintRules());
    }
}

internal sealed class AccountStateRules : StateRules<AccountStateDefinition>
{
    private const int Most = 64;
    private static readonly string[] Ours = ["orders", "total", "wallet"];

    public AccountStateRules()
    {
        RuleFor(s => s.AddTags).Items(0, Most).WithMessage("A state adds up to 64 tags.");
        RuleForEach(s => s.AddTags).Must(Bounds.IsKey).WithMessage($"A tag is {Bounds.Key}.");
        RuleFor(s => s.RemoveTags).Items(0, Most).WithMessage("A state removes up to 64 tags.");
        RuleForEach(s => s.RemoveTags).Must(Bounds.IsKey).WithMessage($"A tag is {Bounds.Key}.");
        RuleFor(s => s.Properties).Items(0, Most).WithMessage("A state sets up to 64 properties.");
        RuleForEach(s => s.Properties).Must(pair => Bounds.IsKey(pair.Key) && pair.Value is { Length: <= 1024 })
            .WithMessage($"A property's key is {Bounds.Key}, its value has up to 1024 characters.");
        RuleFor(s => s.Counters).Items(0, Most).WithMessage("A state adds to up to 64 counters.");
        RuleForEach(s => s.Counters).Must(pair => Bounds.IsKey(pair.Key) && !Ours.Contains(pair.Key))
            .WithMessage($"A counter's name is {Bounds.Key}, and not orders, total or wallet, which are kept by the platform.")
            .Must(pair => Bounds.IsMoney(pair.Value)).WithMessage(Bounds.Money);
    }
}

internal sealed class CouponStateRules : StateRules<CouponStateDefinition>
{
    public CouponStateRules()
    {
        RuleFor(s => s.Prefix).Matches("^[a-zA-Z0-9_-]{0,16}\\z").WithMessage("A prefix has up to 16 of the characters a-z A-Z 0-9 _ -");
        RuleFor(s => s.Cost).Must(cost => cost is null || cost >= 0 && Bounds.IsMoney(cost.Value)).WithMessage($"A cost is not negative. {Bounds.Money}");
        RuleFor(s => s.Uses).InclusiveBetween(1, 100).WithMessage("A coupon can be used 1 to 100 times.");
        RuleFor(s => s.Price).Must(price => price is null or > 0 && (price is null || Bounds.IsMoney(price.Value))).WithMessage("A price is more than 0. " + Bounds.Money);
        RuleFor(s => s.ExpireTo).Null().When(s => s.MoveOn == CouponMoveOn.Given).WithMessage("With moveOn GIVEN the walk does not wait for the coupon: leave expireTo out.");
        RuleFor(s => s.ValidFor).Must(text => text is null || Validity.IsLength(text))
            .WithMessage("Write how long the coupon is valid as an ISO 8601 duration of up to 100 years, such as P14D.");
        RuleFor(s => s.ValidTo).Null().When(s => s.ValidFor is not null).WithMessage("Give either validFor or validTo.");
        RuleFor(s => s.ValidTo).NotNull().When(s => s.ValidFor is null).WithMessage("Say how long the coupon is valid: validFor or validTo.");
        RuleFor(s => s.Data!).SetValidator(new CouponDataRules()).When(s => s.Data is not null);
    }
}

internal sealed class CouponDataRules : AbstractValidator<CouponData>
{
    public CouponDataRules()
    {
        RuleFor(d => d.CategoryId).MaximumLength(128);
        RuleFor(d => d.ProductId).MaximumLength(128);
        RuleFor(d => d.EnableKey).MaximumLength(128);
        RuleFor(d => d.CouponKey).MaximumLength(128);
        RuleFor(d => d.Extra).Must(Bounds.IsPayload).WithMessage(Bounds.Payload);
    }
}

internal sealed class MessageStateRules : StateRules<MessageStateDefinition>
{
    public MessageStateRules()
    {
        RuleFor(s => s.Title).MaximumLength(256).WithMessage("A title has up to 256 characters.");
        RuleFor(s => s.Message).MaximumLength(256).WithMessage("A message has up to 256 characters.");
        RuleFor(s => s.Image).MaximumLength(256).WithMessage("An image's address has up to 256 characters.");
        RuleFor(s => s.Payload).Must(Bounds.IsPayload).WithMessage(Bounds.Payload);
    }
}

internal sealed class OrderStateRules : StateRules<OrderStateDefinition>
{
    public OrderStateRules()
    {
        RuleFor(s => s.Count).InclusiveBetween(1, 1000).WithMessage("Wait for 1 to 1000 orders.");
        RuleFor(s => s.AtMost!.N).InclusiveBetween(1, 1000).When(s => s.AtMost is not null).OverridePropertyName("atMost.n").WithMessage("At most 1 to 1000.");
        RuleFor(s => s.AtMost!.Per).Must(Validity.IsLength).When(s => s.AtMost is not null).OverridePropertyName("atMost.per")
            .WithMessage("Write within which time as an ISO 8601 duration of up to 100 years, such as P1D.");
        RuleFor(s => s.MinTotal).Must(total => total is null || Bounds.IsMoney(total.Value)).WithMessage(Bounds.Money);
        RuleFor(s => s.OrderTypes).Must(Bounds.IsList).WithMessage(Bounds.List);
        RuleFor(s => s.Sources).Must(Bounds.IsList).WithMessage(Bounds.List);
        RuleFor(s => s.Venues).Must(Bounds.IsList).WithMessage(Bounds.List);
        RuleFor(s => s.Products).Must(Bounds.IsList).WithMessage(Bounds.List);
    }
}

internal sealed class WalletStateRules : StateRules<WalletStateDefinition>
{
    public WalletStateRules()
    {
        RuleFor(s => s.Amount).Must(amount => amount is null or > 0 && (amount is null || Bounds.IsMoney(amount.Value))).WithMessage("A credit is more than 0, at most 1000000000, with up to 6 decimals.");
        RuleFor(s => s.Amount).NotNull().When(s => s.Rate is null).WithMessage("Say how much is credited: amount, or rate.");
        RuleFor(s => s.Amount).Null().When(s => s.Rate is not null).WithMessage("Give either amount or rate.");
        RuleFor(s => s.Rate!.Give).Must(give => give is > 0 and <= 1_000_000 && Bounds.IsMoney(give)).When(s => s.Rate is not null).OverridePropertyName("rate.give")
            .WithMessage("A rate gives more than 0, at most 1000000, with up to 6 decimals.");
        RuleFor(s => s.Rate!.Per).Must(per => per >= 0.0001m && Bounds.IsMoney(per)).When(s => s.Rate is not null).OverridePropertyName("rate.per")
            .WithMessage("A rate is per 0.0001 or more, at most 1000000000, with up to 6 decimals.");
        RuleFor(s => s.ValidFor).Must(text => text is null || Validity.IsLength(text))
            .WithMessage("Write how long the credit is valid as an ISO 8601 duration of up to 100 years, such as P90D.");
        RuleFor(s => s.Wallet).MaximumLength(64).WithMessage("A wallet's name has up to 64 characters.");
    }
}
