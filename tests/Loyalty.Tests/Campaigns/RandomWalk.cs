using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns;

namespace Loyalty.Tests.Campaigns;

/// <summary>Campaigns, and what walkers meet in them, from bytes: so that a failing case shrinks to few and small ones.</summary>
internal static class RandomWalk
{
    /// <summary>States that may be saved: each leads to the next, the last one back into the walk if that circle waits somewhere.</summary>
    public static StateDefinition[] States(byte[] shape)
    {
        var count = 1 + shape.Length % 8;
        var states = Enumerable.Range(0, count).Select(index => State(index, count, At(shape, index))).ToArray();
        var back = states[^1] with { TransitionTo = $"s{At(shape, count) % count}" };
        StateDefinition[] round = [.. states[..^1], back];
        return StateGraph.Faults(round).Any() ? states : round;
    }

    /// <summary>Meets what the byte stands for.</summary>
    public static WalkTrigger Meet(Walker walker, byte what)
    {
        if (what % 11 == 10)
            walker.Account = walker.Account with { Counters = walker.Account.Counters.With("points", walker.Account.Counter("points") + 1) };
        WalkTrigger trigger = (what % 11) switch
        {
            0 or 10 => new WalkTrigger.Looked(),
            1 or 2 => new WalkTrigger.OrderCounted(Given.Order($"o{what / 16}"), Given.Noon.AddDays(1)),
            3 => new WalkTrigger.OrderCounted(Given.Order($"o{what / 16}"), Given.Noon.AddDays(-1)),
            4 => new WalkTrigger.OrderReversed($"o{what / 16}", 10),
            5 => new WalkTrigger.CouponUsedUp(walker.Membership.Coupon ?? "NONE"),
            6 => new WalkTrigger.CouponUsedUp("C1"),
            7 => new WalkTrigger.CouponExpired(walker.Membership.Coupon ?? "NONE"),
            8 => new WalkTrigger.MessageReceived(),
            _ => new WalkTrigger.CouponReceived(),
        };
        walker.Meet(trigger);
        return trigger;
    }

    private static byte At(byte[] shape, int index) => shape.Length == 0 ? (byte)0 : shape[index % shape.Length];

    private static StateDefinition State(int index, int count, byte kind)
    {
        var id = $"s{index}";
        var next = index + 1 < count ? $"s{index + 1}" : null;
        Constraint[]? constraints = kind % 4 == 3 ? [Given.Constraint("counters.points", ConstraintOp.Gte, $"{kind / 64}")] : null;
        return (kind / 4 % 5) switch
        {
            0 => new AccountStateDefinition
            {
                Id = id,
                TransitionTo = next,
                Constraints = constraints,
                Counters = new Dictionary<string, decimal> { [$"in-{id}"] = 1 },
            },
            1 => new CouponStateDefinition
            {
                Id = id,
                TransitionTo = next,
                Constraints = constraints,
                ValidFor = "P1D",
                ExpireTo = kind % 2 == 0 ? $"s{kind % count}" : null,
            },
            2 => new MessageStateDefinition { Id = id, TransitionTo = next, Constraints = constraints, Title = "Hello", Message = "Hello" },
            3 => new OrderStateDefinition { Id = id, TransitionTo = next, Constraints = constraints, Count = 1 + kind % 3 },
            _ => new WalletStateDefinition { Id = id, TransitionTo = next, Constraints = constraints, Amount = 1 + kind % 7 },
        };
    }
}
