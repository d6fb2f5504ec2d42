using FsCheck.Xunit;
using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns;
using Loyalty.Time;

namespace Loyalty.Tests.Campaigns;

/// <summary>What holds for every walk, whatever its states and whatever it meets.</summary>
public sealed class WalkProperties
{
    [Property(MaxTest = 500)]
    public void A_walk_always_ends_or_waits_and_looking_again_changes_nothing(byte[] shape, byte[] triggers)
    {
        var states = RandomWalk.States(shape);
        var walker = new Walker(states);
        foreach (var trigger in triggers.Prepend((byte)0))
        {
            RandomWalk.Meet(walker, trigger);
            var membership = walker.Membership;
            var state = states.Single(state => state.Id == membership.State);

            Assert.True(!membership.IsOpen || membership.IsArmed == IsOpenTo(state, walker.Account), $"{walker.State} is neither at rest nor held back");
            Assert.True(!membership.IsArmed || state.Waits, $"{walker.State} does not wait");

            walker.Look();
            Assert.Same(membership, walker.Membership);
            Assert.Empty(walker.Last);
        }
    }

    [Property(MaxTest = 500)]
    public void A_walk_never_skips_a_state(byte[] shape, byte[] triggers)
    {
        var states = RandomWalk.States(shape);
        var walker = new Walker(states);
        foreach (var trigger in triggers.Prepend((byte)0))
        {
            var before = walker.Membership;
            var isExpiry = RandomWalk.Meet(walker, trigger) is WalkTrigger.CouponExpired;
            var at = before.State;
            var finished = new Queue<string>(walker.Last.OfType<WalkEffect.StateFinished>().Select(effect => effect.State));
            var entered = 0;
            if (isExpiry && states.OfType<CouponStateDefinition>().SingleOrDefault(state => state.Id == at) is { ExpireTo: { } expireTo }
                && before.IsArmed && finished.FirstOrDefault() != at && walker.Membership.Steps > before.Steps)
                (at, entered) = (expireTo, 1);
            while (finished.TryDequeue(out var left))
            {
                Assert.Equal(at, left);
                if (states.Single(state => state.Id == left).TransitionTo is { } next)
                    (at, entered) = (next, entered + 1);
            }
            Assert.Equal(at, walker.Membership.State);
            Assert.Equal(before.Steps + entered, walker.Membership.Steps);
        }
    }

    [Property(MaxTest = 500)]
    public void A_walk_never_takes_an_effect_twice(byte[] shape, byte[] triggers)
    {
        var states = RandomWalk.States(shape);
        var walker = new Walker(states);
        foreach (var trigger in triggers.Prepend((byte)0))
            RandomWalk.Meet(walker, trigger);

        var finished = walker.Finished.ToLookup(state => state);
        foreach (var change in states.OfType<AccountStateDefinition>())
            Assert.Equal(finished[change.Id].Count(), walker.Account.Counter($"in-{change.Id}"));
        Assert.Equal(states.OfType<WalletStateDefinition>().Sum(credit => credit.Amount * finished[credit.Id].Count()), walker.Account.Counter("wallet"));
        var credits = walker.Effects.OfType<WalkEffect.CreditWallet>().ToArray();
        Assert.Equal(credits.Length, credits.Select(credit => credit.Lot.Id).Distinct().Count());
        foreach (var coupon in states.OfType<CouponStateDefinition>())
        {
            var given = walker.Effects.OfType<WalkEffect.GiveCoupon>().Count(effect => effect.State.Id == coupon.Id);
            var left = finished[coupon.Id].Count() + walker.Expired(coupon.Id);
            Assert.Equal(left + (walker.Membership.IsArmed && walker.Membership.State == coupon.Id ? 1 : 0), given);
        }
        Assert.Equal(walker.Membership.IsOpen ? 0 : 1, walker.Effects.OfType<WalkEffect.Ended>().Count());
    }

    [Property(MaxTest = 500)]
    public void Orders_in_progress_are_those_that_qualified_and_were_not_taken_back(byte count, byte[] orders)
    {
        var walker = new Walker(new OrderStateDefinition { Id = "orders", Count = count + 1 }).Look();
        var progress = new List<string>();
        foreach (var move in orders)
        {
            var order = $"o{move % 16}";
            if (!walker.Membership.IsOpen)
                break;
            if (move < 160)
            {
                walker.Order(order);
                progress = [.. progress.Union([order])];
            }
            else
            {
                walker.Meet(new WalkTrigger.OrderReversed(order, 10));
                progress.Remove(order);
            }
            Assert.Equal(progress.Count > count, !walker.Membership.IsOpen);
            Assert.Equal(progress, walker.Membership.Orders);
            Assert.Equal(progress.Count,
                walker.Effects.OfType<WalkEffect.OrderQualified>().Count() - walker.Effects.OfType<WalkEffect.OrderDisqualified>().Count());
        }
    }

    private static bool IsOpenTo(StateDefinition state, Account account) => (state.Constraints ?? []).AllHold(account, Given.Noon, Zone.Utc);
}
