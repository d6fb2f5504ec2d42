using Loyalty.Accounts.Contracts;
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
                (membership, account) = TakeEffect(state, membership, account, effects, newCode);
                // Note: what made the state take effect happened before it did, and so does not count in it.
                pending = null;
                if (!state.Waits)
                    membership = MoveOn(definition, state, state.TransitionTo, WalkEnd.Finished, membership, effects, time);
                continue;
            }
            // Note: a trigger is spent by the first waiting state it meets; what follows was entered after it.
            var moved = pending is null ? membership : Meet(definition, state, membership, pending, effects, time);
            pending = null;
            if (moved.Steps == membership.Steps && moved.IsOpen)
                return new WalkResult(moved, account, effects);
            membership = moved;
        }
        return new WalkResult(membership, account, effects);
    }

    private static (Membership, Account) TakeEffect(
        StateDefinition state, Membership membership, Account account, List<WalkEffect> effects, Func<string?, string> newCode)
    {
        switch (state)
        {
            case AccountStateDefinition change:
                return (membership, Change(account, change));
            case WalletStateDefinition credit:
                effects.Add(new WalkEffect.CreditWallet(credit, membership.Steps));
                return (membership, account.Credited(credit.Amount));
            case CouponStateDefinition coupon:
                var code = newCode(coupon.Prefix);
                effects.Add(new WalkEffect.GiveCoupon(coupon, code));
                return (membership with { IsArmed = true, Coupon = code }, account);
            default:
                return (membership with { IsArmed = true }, account);
        }
    }

    private static Account Change(Account account, AccountStateDefinition change) =>
        account.Tagged(change.AddTags, change.RemoveTags).WithProperties(change.Properties).Counting(change.Counters);

    private static Membership Meet(
        CampaignDefinition definition, StateDefinition state, Membership membership, WalkTrigger trigger, List<WalkEffect> effects, WalkTime time)
    {
        switch (state, trigger)
        {
            case (OrderStateDefinition wanted, WalkTrigger.OrderCounted counted)
                when counted.At >= membership.Since && !membership.Orders.Contains(counted.Order.Id) && OrderRule.Qualifies(wanted, counted.Order):
                effects.Add(new WalkEffect.OrderQualified(state.Id, counted.Order));
                var progress = membership with { Orders = [.. membership.Orders, counted.Order.Id] };
                return progress.Orders.Count < wanted.Count || time.IsPaused
                    ? progress
                    : MoveOn(definition, state, state.TransitionTo, WalkEnd.Finished, progress, effects, time);
            case (OrderStateDefinition, WalkTrigger.OrderReversed reversed) when membership.Orders.Contains(reversed.Order):
                effects.Add(new WalkEffect.OrderDisqualified(state.Id, reversed.Order, reversed.Total));
                return membership with { Orders = [.. membership.Orders.Where(order => order != reversed.Order)] };
            case (OrderStateDefinition wanted, WalkTrigger.Resumed) when membership.Orders.Count >= wanted.Count:
                return MoveOn(definition, state, state.TransitionTo, WalkEnd.Finished, membership, effects, time);
            case (not OrderStateDefinition, _) when time.IsPaused:
                return membership;
            case (CouponStateDefinition, WalkTrigger.CouponUsedUp used) when used.Coupon == membership.Coupon:
                return MoveOn(definition, state, state.TransitionTo, WalkEnd.Finished, membership, effects, time);
            case (CouponStateDefinition, WalkTrigger.CouponReceived):
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

    public static WalkTime Of(Entry entry, Zone zone) =>
        new(entry.At < entry.AcceptedAt ? entry.At : entry.AcceptedAt, entry.AcceptedAt, zone);
}
