using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using Loyalty.Time;

namespace Loyalty.Campaigns;

/// <summary>
/// How one account walks through one campaign. Pure: the same definition, membership, account, trigger and time give the same
/// result. A state first takes effect, once its constraints hold; then it waits for what moves it on, or moves on at once.
/// </summary>
internal static class CampaignWalk
{
    /// <summary>Note: definitions with a circle that never waits are refused when saved; this stops what slipped through.</summary>
    public const int MaxSteps = 32;

    public static WalkResult Walk(
        CampaignDefinition definition, Membership membership, Account account, WalkTrigger trigger, WalkTime time, Func<string?, string> newCode)
    {
        var effects = new List<WalkEffect>();
        WalkTrigger? pending = trigger;
        var entering = trigger switch { WalkTrigger.OrderCounted counted => counted, WalkTrigger.Looked { By: { } by } => by, _ => null };
        var countedIn = new HashSet<string>(StringComparer.Ordinal);
        var (start, startAccount) = (membership, account);
        for (var steps = 0; membership.IsOpen; steps++)
        {
            if (steps > MaxSteps)
                return WalkResult.Stopped(start, startAccount, $"The walk did not come to rest after {MaxSteps} steps.");
            if (definition.State(membership.State) is not { } state)
                return WalkResult.Stopped(start, startAccount, $"The campaign has no state {membership.State}.");
            if (!membership.IsArmed)
            {
                if (time.IsPaused || !(state.Constraints ?? []).AllHold(account, time.Now, time.Zone))
                    break;
                if (state is CouponStateDefinition && time.CouponsLeft <= effects.Count(effect => effect is WalkEffect.GiveCoupon))
                {
                    membership = Finish(WalkEnd.Full, membership, effects, time);
                    break;
                }
                (membership, account) = TakeEffect(definition, state, membership, account, entering?.Order, effects, time, newCode);
                // Note: what made the state take effect happened before it did, and so does not count in it.
                pending = null;
                if (!state.Waits)
                    membership = MoveOn(definition, state, state.TransitionTo, WalkEnd.Finished, membership, effects, time);
                // Note: an order never counts again in a state that it has just led out of.
                else if (state is OrderStateDefinition { CountEntering: true } first && entering is not null && countedIn.Add(first.Id) && OrderRule.Qualifies(first, entering.Order))
                    membership = Count(definition, first, membership, entering, effects, time);
                continue;
            }
            if (pending is WalkTrigger.OrderCounted)
                countedIn.Add(state.Id);
            // Note: a trigger is spent by the first waiting state it meets; what follows was entered after it.
            var moved = pending is null ? membership : Meet(definition, state, membership, pending, effects, time, newCode);
            pending = null;
            if (moved.Steps == membership.Steps && moved.IsOpen)
                return new WalkResult(moved, account, effects);
            membership = moved;
        }
        return new WalkResult(membership, account, effects);
    }

    private static (Membership, Account) TakeEffect(
        CampaignDefinition definition, StateDefinition state, Membership membership, Account account, Order? entering, List<WalkEffect> effects, WalkTime time,
        Func<string?, string> newCode)
    {
        switch (state)
        {
            case AccountStateDefinition change:
                return (membership, Change(account, change));
            case WalletStateDefinition credit:
                var led = credit.Rate is null ? [] : OrderProgress.Led(membership, entering);
                var lot = LotOf(definition, credit, membership, account, led, time);
                effects.Add(new WalkEffect.CreditWallet(credit, lot, led));
                return (credit.Rate is null ? membership : membership with { LedHaveEarned = true }, account.Credited(lot));
            case CouponStateDefinition { Price: not null } offered:
                return (offered.Waits || membership.Offers.Contains(offered.Id) ? membership with { IsArmed = true } : membership with { IsArmed = true, Offers = [.. membership.Offers, offered.Id] }, account);
            case CouponStateDefinition coupon:
                var code = newCode(coupon.Prefix);
                effects.Add(new WalkEffect.GiveCoupon(coupon, code));
                return (membership with { IsArmed = true, Coupon = code }, account);
            default:
                return (membership with { IsArmed = true }, account);
        }
    }

    private static WalletLot LotOf(
        CampaignDefinition definition, WalletStateDefinition credit, Membership membership, Account account, IReadOnlyList<OrderShare> led, WalkTime time)
    {
        var amount = credit.Rate?.AmountFor(led.Sum(share => share.Worth)) ?? credit.Amount ?? 0;
        return new WalletLot
        {
            Id = CauseId.Of(account.Incarnation, "credit", time.Cause, definition.Id, $"{membership.Steps}"),
            Amount = amount,
            Left = amount,
            At = time.Now,
            Ends = Validity.After(time.Now, credit.ValidFor, time.Zone),
            Wallet = credit.Wallet,
            Campaign = definition.Id,
            State = credit.Id,
        };
    }

    private static Account Change(Account account, AccountStateDefinition change) =>
        account.Tagged(change.AddTags, change.RemoveTags).WithProperties(change.Properties).Counting(change.Counters);

    private static Membership Meet(
        CampaignDefinition definition, StateDefinition state, Membership membership, WalkTrigger trigger, List<WalkEffect> effects, WalkTime time,
        Func<string?, string> newCode)
    {
        switch (state, trigger)
        {
            case (OrderStateDefinition wanted, WalkTrigger.OrderCounted counted)
                when counted.At >= membership.Since && !membership.Orders.Contains(counted.Order.Id) && OrderRule.Qualifies(wanted, counted.Order):
                return Count(definition, wanted, membership, counted, effects, time);
            case (OrderStateDefinition, WalkTrigger.OrderReversed reversed) when membership.Orders.Contains(reversed.Order):
                effects.Add(new WalkEffect.OrderDisqualified(state.Id, reversed.Order, reversed.Total));
                return OrderProgress.Without(membership, reversed.Order);
            case (OrderStateDefinition wanted, WalkTrigger.Resumed) when OrderProgress.Done(membership) >= wanted.Count:
                return MoveOn(definition, state, state.TransitionTo, WalkEnd.Finished, OrderProgress.Leading(membership, definition), effects, time);
            case (not OrderStateDefinition, _) when time.IsPaused:
                return membership;
            case (CouponStateDefinition { Price: not null } offered, WalkTrigger.CouponBought bought) when bought.State == offered.Id && membership.Coupon is null:
                var code = newCode(offered.Prefix);
                effects.Add(new WalkEffect.GiveCoupon(offered, code));
                return membership with { Coupon = code };
            case (_, WalkTrigger.CouponBought bought) when membership.Offers.Contains(bought.State) && definition.State(bought.State) is CouponStateDefinition sold:
                effects.Add(new WalkEffect.GiveCoupon(sold, newCode(sold.Prefix)));
                return membership with { Bought = membership.Bought + 1 };
            case (CouponStateDefinition, WalkTrigger.CouponUsedUp used) when used.Coupon == membership.Coupon:
                return MoveOn(definition, state, state.TransitionTo, WalkEnd.Finished, membership, effects, time);
            case (CouponStateDefinition, WalkTrigger.CouponReceived) when membership.Coupon is not null:
                return Reported(MoveOn(definition, state, state.TransitionTo, WalkEnd.Finished, membership, effects, time), WalkReport.Coupon, state, time);
            case (CouponStateDefinition coupon, WalkTrigger.CouponExpired expired) when expired.Coupon == membership.Coupon:
                return coupon.ExpireTo is null
                    ? Finish(WalkEnd.Expired, membership, effects, time) with { LastReport = null }
                    : Enter(coupon.ExpireTo, membership, time) with { LastReport = null };
            case (MessageStateDefinition, WalkTrigger.MessageReceived):
                effects.Add(new WalkEffect.MessageSeen(state.Id));
                return Reported(MoveOn(definition, state, state.TransitionTo, WalkEnd.Finished, membership, effects, time), WalkReport.Message, state, time);
            default:
                return membership;
        }
    }

    private static Membership Reported(Membership membership, WalkReport report, StateDefinition state, WalkTime time) =>
        membership with { LastReport = report, ReportedState = state.Id, ReportedAt = time.Now };

    private static Membership Count(
        CampaignDefinition definition, OrderStateDefinition wanted, Membership membership, WalkTrigger.OrderCounted counted, List<WalkEffect> effects, WalkTime time)
    {
        var progress = OrderProgress.With(membership, wanted, counted, time.Zone);
        if (progress == membership)
            return membership;
        effects.Add(new WalkEffect.OrderQualified(wanted.Id, counted.Order));
        return OrderProgress.Done(progress) < wanted.Count || time.IsPaused
            ? progress
            : MoveOn(definition, wanted, wanted.TransitionTo, WalkEnd.Finished, OrderProgress.Leading(progress, definition), effects, time);
    }

    private static Membership MoveOn(
        CampaignDefinition definition, StateDefinition state, string? next, WalkEnd end, Membership membership, List<WalkEffect> effects, WalkTime time)
    {
        effects.Add(new WalkEffect.StateFinished(state.Id));
        if (state.Waits)
            membership = membership with { LastReport = null };
        return next is not null && definition.State(next) is not null ? Enter(next, membership, time) : Finish(end, membership, effects, time);
    }

    /// <summary>Note: a late event never moves the entering of a state before that of the state it has led from.</summary>
    private static Membership Enter(string state, Membership membership, WalkTime time) => membership with
    {
        State = state,
        Since = time.At > membership.Since ? time.At : membership.Since,
        IsArmed = false,
        Orders = [],
        Shares = membership.Shares.Count == 0 ? membership.Shares : [.. membership.Shares.Where(share => membership.LedBy.Contains(share.Order))],
        Coupon = null,
        Steps = membership.Steps + 1,
    };

    private static Membership Finish(WalkEnd end, Membership membership, List<WalkEffect> effects, WalkTime time)
    {
        effects.Add(new WalkEffect.Ended(end));
        return membership with { End = end, EndedAt = time.Now, IsArmed = false };
    }
}

/// <summary>When a move happens.</summary>
/// <param name="At">When its cause happened: the state is entered then, and orders from then on count.</param>
/// <param name="Now">When its cause was acknowledged: the present, for constraints and periods of validity.</param>
/// <param name="Zone">The tenant's, for the calendar in constraints and periods.</param>
internal readonly record struct WalkTime(DateTimeOffset At, DateTimeOffset Now, Zone Zone)
{
    /// <summary>Orders are noted, and nothing else happens.</summary>
    public bool IsPaused { get; init; }

    /// <summary>How many coupons the campaign may still give; null: any number.</summary>
    public long? CouponsLeft { get; init; }

    /// <summary>The id of the entry that causes it.</summary>
    public string Cause { get; init; } = "";

    public static WalkTime Of(Entry entry, Zone zone) =>
        new(entry.At < entry.AcceptedAt ? entry.At : entry.AcceptedAt, entry.AcceptedAt, zone);
}
