using FluentValidation;
using Loyalty.Web;

namespace Loyalty.Accounts.Contracts;

/// <summary>What a constraint must fulfil to be saved, in campaigns as in segments.</summary>
public sealed class ConstraintRules : AbstractValidator<Constraint>
{
    public ConstraintRules()
    {
        RuleFor(c => c.Field).MaximumLength(64).WithMessage("A field's name has up to 64 characters.");
        RuleFor(c => c.Value).Items(0, 16).WithMessage("A constraint has up to 16 values.")
            .Must(values => values!.All(value => value is { Length: <= 1024 })).WithMessage("A value has up to 1024 characters.");
        RuleFor(c => c).Custom((constraint, context) =>
        {
            if (constraint.Value.All(value => value is not null) && constraint.Fault() is var (part, message))
                context.AddFailure(part, message);
        });
    }
}
