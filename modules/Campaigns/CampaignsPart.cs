using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Campaigns;

/// <summary>Loads the campaigns, walks and coupons that a batch of entries may move.</summary>
internal sealed class CampaignsPart(CampaignStore campaigns, MembershipStore memberships, CouponStore coupons, IAccountSearch accounts) : IPassPart
{
    /// <summary>Note: what a campaign is about to enrol must be touched like any other account.</summary>
    public async Task TouchAsync(Pass pass, CancellationToken cancellationToken)
    {
        var named = pass.Entries.Select(CampaignEntries.CampaignOf).OfType<string>().ToHashSet();
        var live = await campaigns.LiveAsync(pass.Entries.Select(entry => entry.Tenant).Distinct(), named, cancellationToken);
        var documents = pass.Use(new Documents<Campaign>(CampaignStore.Name));
        documents.Load(named, live);
        pass.Hold(new LiveCampaigns(() => documents.All));
        var batches = new EnrolBatches();
        foreach (var entry in pass.Entries.Where(entry => entry.Kind == CampaignEntries.Enrol))
        {
            var body = entry.Read<CampaignEntries.EnrolBody>();
            if (documents.Find(Key.Of(entry.Tenant, body.Campaign)) is not { IsLive: true } campaign)
                continue;
            var ids = await accounts.MatchingAsync(
                entry.Tenant, campaign.Definition.Constraints, body.After, EnrolBatches.Size, entry.AcceptedAt, cancellationToken);
            batches.Add(entry.Id, ids);
            pass.Touched.UnionWith(ids.Select(id => Key.Of(entry.Tenant, id)));
        }
        pass.Hold(batches);
    }

    public async Task LoadAsync(Pass pass, CancellationToken cancellationToken)
    {
        var named = new HashSet<string>();
        var orders = new HashSet<string>();
        foreach (var entry in pass.Entries.Where(entry => entry.Kind == "ORDER"))
        {
            var order = entry.Read<OrderEvent>().Order;
            orders.Add(Key.Of(entry.Tenant, order.Id));
            named.UnionWith((order.Coupons ?? []).Select(coupon => Key.Of(entry.Tenant, coupon.Coupon)));
        }
        var walks = memberships.OfAccountsAsync(pass.Touched, cancellationToken);
        var isErasing = pass.Entries.Any(entry => entry.Kind == "DELETED");
        var given = coupons.ForPassAsync(pass.Touched, isErasing, named, orders, cancellationToken);
        pass.Use(new Documents<Membership>(MembershipStore.Name, membership => membership.Owner)).Load(await walks);
        pass.Use(new Documents<Coupon>(CouponStore.Name, coupon => coupon.Owner)).Load(named, await given);
        // Note: a campaign that is over, or that is gone, is not live; its walks do not move.
        var known = pass.Documents<Campaign>();
        known.Load(pass.Documents<Membership>().All.Select(membership => Key.Of(membership.Tenant, membership.Campaign)).Where(key => !known.Knows(key)), []);
    }
}
