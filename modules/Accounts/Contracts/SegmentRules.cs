using FluentValidation;
using Loyalty.Web;

namespace Loyalty.Accounts.Contracts;

/// <summary>What a segment must fulfil to be saved.</summary>
public sealed class SegmentRules : AbstractValidator<SegmentRule>
{
    public SegmentRules()
    {
        RuleFor(s => s.Name).Pattern("[a-zA-Z0-9_-]{1,32}").WithMessage("A segment's name is 1 to 32 of the characters a-z A-Z 0-9 _ -");
        RuleFor(s => s.Constraints).Items(0, 16).WithMessage("A segment has up to 16 constraints.");
        RuleForEach(s => s.Constraints).NotNull().WithMessage("Write a constraint here, or nothing.").SetValidator(new ConstraintRules());
    }
}
