using FluentValidation;
using Loyalty.Events.Contracts;
using Loyalty.Web;

namespace Loyalty.Events;

/// <summary>
/// What an order may hold. Note: together these keep its entry far below what the store takes as one document.
/// </summary>
internal sealed class OrderRules : AbstractValidator<Order>
{
    private const int MostLines = 1000;

    public OrderRules()
    {
        RuleFor(o => o.Id).Matches("^[a-zA-Z0-9._:-]{1,128}\\z")
            .WithMessage("An order's id is 1 to 128 of the characters a-z A-Z 0-9 . _ : -");
        RuleFor(o => o.Status).Matches("^[A-Z_]{1,64}\\z")
            .WithMessage("A status is written in capitals, such as COMPLETED.");
        RuleFor(o => o.Total).Must(Money.IsInBounds).WithMessage(Money.Bounds);
        RuleFor(o => o.EditTotal).Must(Money.IsInBounds).WithMessage(Money.Bounds);
        RuleFor(o => o.OrderType).IsText(64);
        RuleFor(o => o.Source).IsText(64);
        RuleFor(o => o.LoyaltyId).IsAccountId();
        RuleFor(o => o.Users).Items(0, 32);
        RuleFor(o => o.Coupons).Items(0, 16);
        RuleFor(o => o.Buckets).Items(0, 64)
            .Must(buckets => LinesIn(buckets) <= MostLines).WithMessage($"At most {MostLines} lines in all buckets.");
        RuleForEach(o => o.Users).SetValidator(new OrderUserRules());
        RuleForEach(o => o.Coupons).SetValidator(new OrderCouponRules());
        RuleForEach(o => o.Buckets).SetValidator(new OrderBucketRules());
    }

    private static int LinesIn(IEnumerable<OrderBucket>? buckets) => buckets?.Sum(bucket => bucket.Lines?.Count ?? 0) ?? 0;
}

internal sealed class OrderUserRules : AbstractValidator<OrderUser>
{
    public OrderUserRules()
    {
        RuleFor(u => u.UserId).IsAccountId();
        RuleFor(u => u.Roles).Items(0, 32);
        RuleForEach(u => u.Roles).IsText(64);
        RuleFor(u => u.Phone).IsText(64);
        RuleFor(u => u.Email).IsText(320);
    }
}

internal sealed class OrderCouponRules : AbstractValidator<OrderCoupon>
{
    public OrderCouponRules() => RuleFor(c => c.Coupon).Matches("^[a-zA-Z0-9_-]{1,64}\\z")
        .WithMessage("A coupon is 1 to 64 of the characters a-z A-Z 0-9 _ -");
}

internal sealed class OrderBucketRules : AbstractValidator<OrderBucket>
{
    public OrderBucketRules()
    {
        RuleFor(b => b.Venue).Matches("^[a-zA-Z0-9._-]{1,64}\\z")
            .WithMessage("A venue is 1 to 64 of the characters a-z A-Z 0-9 . _ -");
        RuleFor(b => b.Lines).Items(0, 500);
        RuleForEach(b => b.Lines).SetValidator(new OrderLineRules());
    }
}

internal sealed class OrderLineRules : AbstractValidator<OrderLine>
{
    public OrderLineRules()
    {
        RuleFor(l => l.ProductId).IsText(128);
        RuleFor(l => l.Quantity).Must(Money.IsInBounds)
            .WithMessage("A quantity lies between -1000000000 and 1000000000 and has at most 6 decimals.");
        RuleFor(l => l.Price).Must(Money.IsInBounds).WithMessage(Money.Bounds);
        RuleFor(l => l.Status).IsText(64);
    }
}
