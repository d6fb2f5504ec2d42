using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Campaigns;

/// <summary>Loads the campaigns, walks and coupons that a batch of entries may move.</summary>
internal sealed class CampaignsPart(
    CampaignStore campaigns, MembershipStore memberships, CouponStore coupons, PushClickStore clicks, IAccountSearch accounts) : IPassPart
{
    private readonly LiveCampaigns live = new();

    /// <summary>Note: whom a campaign is about to enrol, or to let go, must be touched like any other account.</summary>
    public async Task TouchAsync(Pass pass, CancellationToken cancellationToken)
    {
        string[] theirs = [.. pass.Entries.Select(entry => entry.Tenant).Distinct()];
        await LoadCampaignsAsync(pass, theirs, cancellationToken);
        var batches = new MemberBatches();
        foreach (var entry in pass.Entries)
            if (await BatchOfAsync(pass, entry, cancellationToken) is { } ids)
            {
                batches.Add(entry.Id, ids);
                pass.Touched.UnionWith(ids.Select(id => Key.Of(entry.Tenant, id)));
            }
        pass.Hold(batches);
    }

    public async Task LoadAsync(Pass pass, CancellationToken cancellationToken)
    {
        var (named, orders) = NamedBy(pass);
        var walks = memberships.OfAccountsAsync(pass.Touched, cancellationToken);
        var closedToo = pass.Entries.Any(entry => entry.Kind is "DELETED" or CampaignEntries.Purge);
        var given = coupons.ForPassAsync(pass.Touched, closedToo, named, orders, cancellationToken);
        pass.Use(new Documents<Membership>(MembershipStore.Name, membership => membership.Owner)).Load(await walks);
        pass.Use(new Documents<Coupon>(CouponStore.Name, coupon => coupon.Owner)).Load(named, await given);
        RememberOver(pass);
        string[] clicked = [.. ClickPush.KeysOf(pass)];
        pass.Use(new Documents<PushClick>(PushClickStore.Name)).Load(clicked, await clicks.FindAsync(clicked, cancellationToken));
    }

    public Task AfterEntryAsync(Pass pass)
    {
        Follow(pass);
        return Task.CompletedTask;
    }

    /// <summary>What an entry has changed in campaigns and coupons: others may join, other times come.</summary>
    public static void Follow(Pass pass)
    {
        if (pass.Documents<Campaign>().ChangedByEntry.Any() && CampaignEntries.CampaignOf(pass.Entry) is not null)
            pass.Held<JoinableCampaigns>().Reindex(pass.Entry.Tenant);
        foreach (var id in pass.Documents<Campaign>().ChangedByEntry)
            pass.FallsDue(CampaignActivity.Source, pass.Documents<Campaign>().Find(id)?.DueAt);
        foreach (var id in pass.Documents<Coupon>().ChangedByEntry)
            pass.FallsDue(CouponExpiry.Source, pass.Documents<Coupon>().Find(id)?.DueAt);
    }

    public void Remember(Pass pass)
    {
        foreach (var campaign in pass.Documents<Campaign>().Changed)
            live.Keep(campaign);
    }

    public void Forget() => live.Forget();

    /// <summary>Coupons and orders that the entries name.</summary>
    public static (HashSet<string> Coupons, HashSet<string> Orders) NamedBy(Pass pass)
    {
        var coupons = new HashSet<string>(StringComparer.Ordinal);
        var orders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in pass.Entries)
            switch (entry.Kind)
            {
                case "ORDER":
                    var order = entry.Read<OrderEvent>().Order;
                    orders.Add(Key.Of(entry.Tenant, order.Id));
                    coupons.UnionWith((order.Coupons ?? []).Select(coupon => Key.Of(entry.Tenant, coupon.Coupon)));
                    break;
                case CampaignEntries.CouponExpired:
                    coupons.Add(Key.Of(entry.Tenant, entry.Read<CampaignEntries.CouponBody>().Coupon));
                    break;
            }
        return (coupons, orders);
    }

    /// <summary>Note: a campaign that has not been loaded is not live; its walks do not move, and its coupons are void.</summary>
    public static void RememberOver(Pass pass)
    {
        var known = pass.Documents<Campaign>();
        known.Load(
            pass.Documents<Membership>().All.Select(walk => Key.Of(walk.Tenant, walk.Campaign))
                .Concat(pass.Documents<Coupon>().All.Select(coupon => Key.Of(coupon.Tenant, coupon.Campaign))).Where(key => !known.Knows(key)).Distinct().ToArray(), []);
    }

    private async Task LoadCampaignsAsync(Pass pass, string[] theirs, CancellationToken cancellationToken)
    {
        string[] unknown = [.. live.Unknown(theirs)];
        var documents = pass.Use(new Documents<Campaign>(CampaignStore.Name));
        var remembered = live.Of(theirs.Except(unknown)).ToDictionary(campaign => campaign.Key);
        var named = pass.Entries.Select(CampaignEntries.CampaignOf).OfType<string>().Where(key => !remembered.ContainsKey(key)).ToHashSet();
        var found = await campaigns.ForPassAsync(unknown, named, cancellationToken);
        live.Learn(unknown, found);
        documents.Load(named, found);
        documents.Load(remembered.Values);
        pass.Hold(new JoinableCampaigns(live, () => documents.All));
    }

    /// <summary>The accounts that an entry of a chain is about; null for other entries.</summary>
    private async Task<IReadOnlyList<string>?> BatchOfAsync(Pass pass, Entry entry, CancellationToken cancellationToken)
    {
        if (entry.Kind is not (CampaignEntries.Enrol or CampaignEntries.Birthday or CampaignEntries.Close or CampaignEntries.Purge))
            return null;
        if (pass.Documents<Campaign>().Find(CampaignEntries.CampaignOf(entry)!) is not { } campaign)
            return [];
        if (entry.Kind is CampaignEntries.Close or CampaignEntries.Purge)
            return await memberships.AccountsOfAsync(entry.Tenant, campaign.Id, campaign.UpTo, MemberBatches.Size, cancellationToken);
        var birthdays = entry.Kind == CampaignEntries.Birthday ? Birthdays.KeptOn(entry.Read<CampaignEntries.BirthdayBody>().Day) : null;
        return await accounts.MatchingAsync(
            entry.Tenant, new Wanted(campaign.Definition.Constraints, entry.AcceptedAt, pass.Held<TenantTerms>().ZoneOf(entry.Tenant), birthdays), campaign.UpTo, MemberBatches.Size, cancellationToken);
    }
}
