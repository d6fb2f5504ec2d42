using FluentValidation;

namespace Loyalty.Campaigns;

internal abstract class NotificationRules<T> : AbstractValidator<T> where T : NotificationDefinition
{
    protected NotificationRules()
    {
        RuleFor(n => n.Title).MaximumLength(256).WithMessage("A title has up to 256 characters.");
        RuleFor(n => n.Message).MaximumLength(256).WithMessage("A message has up to 256 characters.");
        RuleFor(n => n.Title).Custom(Placeholders);
        RuleFor(n => n.Message).Custom(Placeholders);
        RuleFor(n => n.Image).MaximumLength(256).WithMessage("An image's address has up to 256 characters.");
        RuleFor(n => n.Payload).Must(Bounds.IsPayload).WithMessage(Bounds.Payload);
    }

    private static void Placeholders(string text, ValidationContext<T> context)
    {
        if (text is not null && PushTemplate.Fault(text) is { } fault)
            context.AddFailure(fault);
    }
}

internal sealed class CouponExpirationRules : NotificationRules<CouponExpirationNotificationDefinition>
{
    public CouponExpirationRules() => RuleFor(n => n.Before).Must(Validity.IsLength)
        .WithMessage("Write how long before as an ISO 8601 duration of up to 100 years, such as P1D.");
}

internal sealed class CreditExpirationRules : NotificationRules<CreditExpirationNotificationDefinition>
{
    public CreditExpirationRules() => RuleFor(n => n.Before).Must(Validity.IsLength)
        .WithMessage("Write how long before as an ISO 8601 duration of up to 100 years, such as P1D.");
}

internal sealed class DynamicJoinRules : NotificationRules<DynamicJoinNotificationDefinition>;

internal sealed class SpecificTimeRules : NotificationRules<SpecificTimeNotificationDefinition>;
