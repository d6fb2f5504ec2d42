using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns.Contracts;

namespace Loyalty.Campaigns;

/// <summary>The walks of one account during one entry: moves them, and carries out what follows.</summary>
internal sealed class MemberWalks(JoinIndexes joins, Pass pass, Account account)
{
    private readonly WalkTime time = WalkTime.Of(pass.Entry, pass.Zone()) with { Cause = pass.Entry.Id };
    private readonly Account? before = pass.Documents<Account>().BeforeEntry(account.Key) is { IsErased: false } known ? known : null;
    private readonly Dictionary<string, int> moves = new(StringComparer.Ordinal);
    private WalkTrigger.OrderCounted? entering;

    /// <summary>Note: what has moved a walk once does not count again in the state that it has led to.</summary>
    public async Task MeetAsync(WalkTrigger trigger)
    {
        entering ??= trigger as WalkTrigger.OrderCounted;
        foreach (var membership in Memberships().Where(membership => membership.IsOpen && !moves.ContainsKey(membership.Key)))
            await MoveAsync(membership, trigger);
    }

    /// <summary>Until nothing moves any more: states whose constraints have come to hold, campaigns that the account has come to match.</summary>
    public async Task SettleAsync()
    {
        bool again;
        do
        {
            again = false;
            foreach (var membership in Memberships().Where(membership => membership is { IsOpen: true, IsArmed: false }))
                again |= await MoveAsync(membership, new WalkTrigger.Looked(entering));
            foreach (var campaign in joins.Of(pass).Candidates(before, account))
                again |= await TryJoinAsync(pass.Find<Campaign>(campaign)!);
            foreach (var campaign in pass.StartedCampaigns().Where(KeepsBirthday))
                again |= await TryJoinAsync(campaign, time.Zone.DayOf(time.Now).Year);
        }
        while (again);
    }

    /// <summary>Note: who says on the day itself that it is the birthday comes behind the chain that goes through the day's birthdays.</summary>
    private bool KeepsBirthday(Campaign campaign) =>
        campaign is { Definition.Type: CampaignType.Birthday, Status: CampaignStatus.Running }
        && Birthdays.KeptOn(time.Zone.DayOf(time.Now)).Contains(account.Birthday);

    /// <summary>Enrols the account if it matches and has not been enrolled before.</summary>
    /// <param name="year">Of a birthday: it enrols once a year, and ends the walk of the year before.</param>
    /// <param name="isInitial">It matched when the campaign was initialized.</param>
    /// <param name="isResumed">It may have begun to match while the campaign was paused.</param>
    /// <param name="since">Time alone may have made it match since then; null: since the campaign looked last.</param>
    public async Task<bool> TryJoinAsync(Campaign campaign, int? year = null, bool isInitial = false, bool isResumed = false, DateTimeOffset? since = null)
    {
        var known = Memberships().FirstOrDefault(membership => membership.Campaign == campaign.Id);
        if (known is not null && (year is null ? campaign.Definition.Rejoin is null : known.Year >= year))
            return false;
        if (year is null && !campaign.TakesJoiners || !campaign.IsLiveAt(time.Now))
            return false;
        var looksFrom = isInitial || isResumed ? null : since ?? campaign.LooksFrom();
        var begins = year is null ? Begins(campaign, known, looksFrom) : campaign.Definition.Constraints.AllHold(account, time.Now, time.Zone);
        if (!begins || campaign.IsPaused || campaign.HasAllJoins)
            return false;
        if (known is { End: null })
            await EstablishAsync(CampaignFactKind.Left, campaign.Id, null);
        var membership = new Membership
        {
            Key = Key.Of(account.Tenant, campaign.Id, account.Id),
            Tenant = account.Tenant,
            Campaign = campaign.Id,
            Owner = account.Key,
            JoinedAt = time.Now,
            Year = year,
            IsInitial = isInitial,
            Finished = known?.Finished ?? [],
            State = campaign.Definition.States[0].Id,
            Since = time.At,
        };
        pass.Put(membership);
        Change(campaign.Key, counted => (counted with { Cnt = counted.Cnt + 1 }).WithFullness(time.Now));
        await EstablishAsync(CampaignFactKind.Joined, campaign.Id, null);
        if (known is null)
            await EstablishAsync(CampaignFactKind.MemberJoined, campaign.Id, null);
        await MoveAsync(membership, new WalkTrigger.Looked(entering));
        return true;
    }

    /// <summary>Whether the account has begun to match, by this entry or by time alone before it.</summary>
    private bool Begins(Campaign campaign, Membership? known, DateTimeOffset? since)
    {
        var joining = new Joining(campaign.Definition, known, time.Zone);
        var begins = false;
        if (since is { } from && before is not null && (from = known?.JoinedAt > from ? known.JoinedAt : from) < time.Now)
        {
            joining.Was(before, from);
            foreach (var turn in InstantsOf(campaign.Definition, known).Where(turn => turn > from && turn < time.Now).Distinct().Order())
                begins |= joining.Begins(before, turn);
        }
        begins |= joining.Begins(account, time.Now);
        if (known is not null && joining.HasCeased && !known.HasCeased)
            pass.Put(known with { HasCeased = true });
        return begins;
    }

    /// <summary>The instants at which time alone may let the account join.</summary>
    private IEnumerable<DateTimeOffset> InstantsOf(CampaignDefinition definition, Membership? known) =>
        definition.Constraints.TurnsOf(before!, time.Zone)
            .Concat(known?.EndedAt is { } ended && Validity.After(ended, definition.Rejoin?.After, time.Zone) is { } again ? [again] : []);

    /// <summary>True if the walk has moved.</summary>
    public async Task<bool> MoveAsync(Membership membership, WalkTrigger trigger)
    {
        if (pass.StartedCampaign(membership.Tenant, membership.Campaign) is not { } campaign || !campaign.IsLiveAt(time.Now))
            return false;
        account = await pass.LapseAsync(account);
        var result = CampaignWalk.Walk(
            campaign.Definition, membership, account, trigger, time with { IsPaused = campaign.IsPaused, CouponsLeft = campaign.CouponsLeft }, CouponCode.New);
        if (result.Membership == membership)
            return false;
        moves[membership.Key] = moves.GetValueOrDefault(membership.Key) + 1;
        if (result.Membership.Fault is null && moves[membership.Key] > CampaignWalk.MaxSteps)
            result = WalkResult.Stopped(membership, account, $"The walk did not come to rest after {CampaignWalk.MaxSteps} moves.");
        pass.Put(result.Membership);
        if (result.Membership.Fault is not null)
            Change(campaign.Key, counted => counted with { Faults = counted.Faults + 1 });
        account = pass.Change(account, _ => Place(result));
        foreach (var effect in result.Effects)
            await CarryOutAsync(campaign, effect);
        return true;
    }

    private IReadOnlyList<Membership> Memberships() => Memberships(pass, account.Key);

    /// <summary>Note: in an order that does not depend on how they came into the pass, so that however entries fall into passes, the result is the same.</summary>
    public static IReadOnlyList<Membership> Memberships(Pass pass, string owner) =>
    [
        .. pass.Documents<Membership>().Of(Membership.OfOwner, owner).Where(membership => membership.ExpireAt is null)
            .OrderBy(membership => membership.Campaign, StringComparer.Ordinal),
    ];

    private static Account Place(WalkResult result) => result.Membership.IsOpen
        ? result.Account.InCampaign(result.Membership.Campaign, result.Membership.State)
        : result.Account.OutOfCampaign(result.Membership.Campaign);

    private async Task CarryOutAsync(Campaign campaign, WalkEffect effect)
    {
        switch (effect)
        {
            case WalkEffect.GiveCoupon given:
                GiveCoupon(campaign, given);
                await EstablishAsync(CampaignFactKind.CouponGiven, campaign.Id, given.State.Id);
                break;
            case WalkEffect.CreditWallet credit:
                account = await pass.CreditedAsync(account, credit.Lot);
                if (credit.State.Rate is { } rate && credit.Led.Count > 0)
                    pass.FollowOrders(account, credit.Lot, rate, [.. credit.Led.Select(share => new OrderWorth(share.Order, share.Worth))], campaign.Definition.ActiveTo);
                break;
            case WalkEffect.StateFinished finished:
                Change(campaign.Key, counted => counted with
                {
                    StateStats = counted.StateStats.With(finished.State, counted.StateStats.GetValueOrDefault(finished.State) + 1),
                });
                await EstablishAsync(CampaignFactKind.StateFinished, campaign.Id, finished.State);
                await FinishForTheFirstTimeAsync(campaign, finished.State);
                break;
            case WalkEffect.OrderQualified qualified:
                await EstablishAsync(CampaignFactKind.OrderQualified, campaign.Id, qualified.State, qualified.Order.Total);
                break;
            case WalkEffect.OrderDisqualified disqualified:
                await EstablishAsync(CampaignFactKind.OrderDisqualified, campaign.Id, disqualified.State, -disqualified.Total);
                break;
            case WalkEffect.MessageSeen seen:
                await EstablishAsync(CampaignFactKind.MessageReceived, campaign.Id, seen.State);
                break;
            case WalkEffect.Ended:
                await EstablishAsync(CampaignFactKind.Left, campaign.Id, null);
                break;
        }
    }

    private async Task FinishForTheFirstTimeAsync(Campaign campaign, string state)
    {
        var walk = pass.Find<Membership>(Key.Of(account.Tenant, campaign.Id, account.Id))!;
        if (walk.Finished.Contains(state))
            return;
        pass.Put(walk with { Finished = [.. walk.Finished, state] });
        await EstablishAsync(CampaignFactKind.MemberFinished, campaign.Id, state);
    }

    private void GiveCoupon(Campaign campaign, WalkEffect.GiveCoupon given)
    {
        pass.Put(new Coupon
        {
            Key = Key.Of(account.Tenant, given.Code),
            Tenant = account.Tenant,
            Code = given.Code,
            Owner = account.Key,
            Account = account.Id,
            Campaign = campaign.Id,
            State = given.State.Id,
            GivenAt = time.Now,
            ValidTo = given.State.ValidTo ?? Validity.After(time.Now, given.State.ValidFor, time.Zone),
            Uses = given.State.Uses,
            Cause = given.State.Price is null ? null : pass.Entry.Id,
            Data = given.State.Data,
        });
        Change(campaign.Key, counted => (counted with { CouponsGiven = counted.CouponsGiven + 1 }).WithFullness(time.Now));
        account = pass.Change(account, known => known.WithCoupons([given.Code]));
    }

    private void Change(string campaign, Func<Campaign, Campaign> change) => pass.Put(change(pass.Find<Campaign>(campaign)!));

    private Task EstablishAsync(CampaignFactKind kind, string campaign, string? state, decimal? amount = null) =>
        pass.PublishAsync(new CampaignFact(pass, kind, pass.FiguresOf(campaign), state, account.Incarnation, amount, time.Now));
}
