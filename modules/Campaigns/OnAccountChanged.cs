using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns.Contracts;
using Loyalty.Events.Contracts;
using MediatR;

namespace Loyalty.Campaigns;

/// <summary>An account has changed: its coupons are used or freed, its walks move on, campaigns that it now matches take it in.</summary>
internal sealed class OnAccountChanged(JoinIndexes joins) : INotificationHandler<AccountChanged>
{
    public async Task Handle(AccountChanged notification, CancellationToken cancellationToken)
    {
        var (pass, account, order) = notification;
        IReadOnlyList<CouponTurn> coupons = [];
        if (order is not null)
            (account, coupons) = await TakeCouponsAsync(pass, account, order);
        var walks = new MemberWalks(joins, pass, account);
        foreach (var used in coupons.Where(turn => turn.IsUsedUp))
            await walks.MeetAsync(new WalkTrigger.CouponUsedUp(used.After.Code));
        if (order is { Counted: true })
            await walks.MeetAsync(new WalkTrigger.OrderCounted(order.Order, pass.Entry.At));
        if (order is { Reversed: true })
            await walks.MeetAsync(new WalkTrigger.OrderReversed(order.Order.Id, order.Total));
        await walks.SettleAsync();
    }

    private static async Task<(Account, IReadOnlyList<CouponTurn>)> TakeCouponsAsync(Pass pass, Account account, OrderTurn order)
    {
        var now = pass.Entry.AcceptedAt;
        var (turns, unusable) = OrderCoupons.Apply(order, account.Key, CouponsOf(pass, account, order.Order), now);
        if (unusable.Count > 0)
            pass.Tell<EventDetails>(details => details with { UnusableCoupons = unusable });
        foreach (var turn in turns.Where(turn => turn.Before != turn.After))
        {
            pass.Put(OrVoid(pass, turn.After) with { TurnedAt = now });
            var kind = turn.IsUsed ? CampaignFactKind.CouponUsed : CampaignFactKind.CouponFreed;
            if (turn.IsUsed || turn.IsFreed)
                await pass.PublishAsync(new CampaignFact(
                    pass, kind, pass.FiguresOf(turn.After.Campaign), turn.After.State, account.Incarnation, CostOf(pass, turn), now));
        }
        var (open, spent) = (turns.Where(turn => IsOpen(turn.After)).Select(turn => turn.After.Code), turns.Where(turn => !IsOpen(turn.After)).Select(turn => turn.After.Code));
        account = pass.Change(account, known => known.WithCoupons(open, spent));
        return (account, turns);

        bool IsOpen(Coupon coupon) => OrVoid(pass, coupon).Status == CouponStatus.Open;
    }

    /// <summary>What the use of a coupon costs the brand; negative where it is taken back.</summary>
    private static decimal? CostOf(Pass pass, CouponTurn turn)
    {
        var campaign = pass.Documents<Campaign>().Peek(Key.Of(turn.After.Tenant, turn.After.Campaign));
        var cost = (campaign?.Definition.State(turn.After.State) as CouponStateDefinition)?.Cost;
        return turn.IsUsed ? cost : -cost;
    }

    /// <summary>Note: where a campaign is over, its coupons may not have been made void yet.</summary>
    private static Coupon OrVoid(Pass pass, Coupon coupon) =>
        coupon.Status == CouponStatus.Open && pass.StartedCampaign(coupon.Tenant, coupon.Campaign)?.IsLiveAt(pass.Now) != true
            ? coupon with { Status = CouponStatus.Void }
            : coupon;

    /// <summary>The coupons that the order names, and those that it holds or has used.</summary>
    private static Dictionary<string, Coupon?> CouponsOf(Pass pass, Account account, Order order)
    {
        var coupons = pass.Documents<Coupon>();
        var ours = (order.Coupons ?? []).Select(named => named.Coupon).Distinct()
            .ToDictionary(code => code, code => coupons.Find(Key.Of(account.Tenant, code)) is { } coupon ? OrVoid(pass, coupon) : null);
        foreach (var taken in coupons.Of(Coupon.OfOrder, Key.Of(account.Tenant, order.Id)).Where(coupon => coupon.Owner == account.Key && coupon.ExpireAt is null)
            .OrderBy(coupon => coupon.GivenAt).ThenBy(coupon => coupon.Campaign, StringComparer.Ordinal))
            ours[taken.Code] = OrVoid(pass, taken);
        return ours;
    }
}
