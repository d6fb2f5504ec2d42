using FluentValidation;
using Loyalty.Accounts.Contracts;
using Loyalty.Time;
using Loyalty.Web;

namespace Loyalty.Campaigns;

/// <summary>What a campaign must fulfil to be saved, in words for whoever writes it.</summary>
internal sealed class CampaignRules : AbstractValidator<CampaignDefinition>
{
    private const long MostGiven = 1_000_000_000;

    public CampaignRules()
    {
        RuleFor(c => c.Id).Matches("^[a-zA-Z0-9_-]{1,64}\\z").WithMessage("A campaign's id is 1 to 64 of the characters a-z A-Z 0-9 _ -");
        RuleFor(c => c.Name).Length(3, 128).WithMessage("A campaign's name has 3 to 128 characters.");
        RuleFor(c => c.ActiveTo).GreaterThan(c => c.ActiveFrom).When(c => c.ActiveFrom is not null && c.ActiveTo is not null)
            .WithMessage("The campaign would end before it begins: activeTo must be after activeFrom.");
        RuleFor(c => c.Constraints).Items(1, 16).WithMessage("A campaign has 1 to 16 constraints.");
        RuleForEach(c => c.Constraints).NotNull().WithMessage("Write a constraint here, or nothing.").SetValidator(new ConstraintRules());
        RuleFor(c => c.States).Items(1, 10).WithMessage("A campaign has 1 to 10 states.");
        RuleForEach(c => c.States).NotNull().WithMessage("Write a state here, or nothing.").SetInheritanceValidator(states =>
        {
            states.Add(new AccountStateRules());
            states.Add(new CouponStateRules());
            states.Add(new MessageStateRules());
            states.Add(new OrderStateRules());
            states.Add(new WalletStateRules());
        });
        RuleFor(c => c.States).Custom((states, context) =>
        {
            foreach (var (path, message) in StateGraph.Faults(states))
                context.AddFailure(path, message);
        }).When(c => c.States.Count is >= 1 and <= 10 && c.States.All(state => state is not null));
        RuleFor(c => c.Rejoin!.After).Must(after => CalendarPeriod.TryParse(after, out var period) && !period.IsNegative && period.AverageDays <= 36_525)
            .When(c => c.Rejoin is not null).OverridePropertyName("rejoin.after")
            .WithMessage("Write how long after the last walk as an ISO 8601 duration of up to 100 years, such as P90D, or P0D.");
        RuleFor(c => c.Rejoin).Null().When(c => c.Type == CampaignType.Birthday)
            .WithMessage("A BIRTHDAY campaign enrols once a year: leave rejoin out.");
        RuleFor(c => c.Limits!.Joins).InclusiveBetween(1, MostGiven).When(c => c.Limits is not null).OverridePropertyName("limits.joins")
            .WithMessage("A limit lies between 1 and 1000000000.");
        RuleFor(c => c.Limits!.Coupons).InclusiveBetween(1, MostGiven).When(c => c.Limits is not null).OverridePropertyName("limits.coupons")
            .WithMessage("A limit lies between 1 and 1000000000.");
        RuleFor(c => c.Notifications).Items(0, 3).WithMessage("A campaign has up to 3 notifications.");
        RuleForEach(c => c.Notifications).NotNull().WithMessage("Write a notification here, or nothing.").SetInheritanceValidator(notifications =>
        {
            notifications.Add(new CouponExpirationRules());
            notifications.Add(new CreditExpirationRules());
            notifications.Add(new DynamicJoinRules());
            notifications.Add(new SpecificTimeRules());
        });
    }
}
