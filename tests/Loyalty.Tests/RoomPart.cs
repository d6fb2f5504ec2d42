using Loyalty.Accounts;
using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns;
using Loyalty.Events.Contracts;
using MediatR;

namespace Loyalty.Tests;

/// <summary>Loads from a <see cref="PassRoom"/> what the modules' own parts load from the database: that, and no more.</summary>
internal sealed class RoomPart(PassRoom room, IMediator mediator) : IPassPart
{
    public Task TouchAsync(Pass pass, CancellationToken cancellationToken)
    {
        var named = References.Of(pass.Entries);
        var claims = room.All<Claim>(ClaimStore.Name).Where(claim => named.Claims.Contains(claim.Id)).ToArray();
        var orders = room.All<OrderRecord>(OrderStore.Name).Where(order => named.Orders.Contains(order.Id)).ToArray();
        pass.Use(new Documents<Claim>(ClaimStore.Name)).Load(named.Claims, claims);
        pass.Use(new Documents<OrderRecord>(OrderStore.Name, order => order.Tenant)).Load(named.Orders, orders);
        pass.Touched.UnionWith(named.Accounts);
        pass.Touched.UnionWith(claims.Where(claim => claim.Account is not null).Select(claim => Key.Of(PassRoom.Tenant, claim.Account!)));
        pass.Touched.UnionWith(orders.Where(order => order.Account.Length > 0).Select(order => Key.Of(order.Tenant, order.Account)));
        TouchSegments(pass);
        TouchCampaigns(pass);
        return Task.CompletedTask;
    }

    public Task LoadAsync(Pass pass, CancellationToken cancellationToken)
    {
        var found = room.All<Account>(AccountStore.Name).Where(account => pass.Touched.Contains(account.Key)).ToArray();
        pass.Use(new Documents<Account>(AccountStore.Name)).Load(pass.Touched, found);
        LoadForErasure(pass);
        var offered = new OfferedCodes([.. Enumerable.Range(0, OfferedCodes.NeededFor(pass, found)).Select(_ => MgmCode.New())]);
        pass.Hold(offered);
        pass.Documents<Claim>().Load(offered.Codes.Select(code => Claim.Mgm(PassRoom.Tenant, code)), []);
        LoadCampaigns(pass);
        return Task.CompletedTask;
    }

    public Task AfterEntryAsync(Pass pass) => KeepSegments.ApplyAsync(pass, mediator);

    private void TouchSegments(Pass pass)
    {
        var documents = pass.Use(new Documents<TenantSegments>(SegmentStore.Name));
        documents.Load([PassRoom.Tenant], room.All<TenantSegments>(SegmentStore.Name));
        pass.Hold(new TenantZones(new Dictionary<string, TimeZoneInfo> { [PassRoom.Tenant] = room.Zone }));
        var batches = new SegmentBatches();
        pass.Hold(batches);
        var accounts = room.All<Account>(AccountStore.Name).Where(account => !account.IsErased).ToArray();
        foreach (var entry in pass.Entries.Where(entry => entry.Kind is SegmentEntries.PlaceAll or SegmentEntries.PlaceDue))
        {
            var after = documents.Find(PassRoom.Tenant)?.PlacedUpTo;
            var wanted = entry.Kind == SegmentEntries.PlaceDue
                ? accounts.Where(account => account.SegmentDue <= entry.AcceptedAt).OrderBy(account => account.SegmentDue).ThenBy(account => account.Id, StringComparer.Ordinal)
                : accounts.Where(account => string.CompareOrdinal(account.Id, after) > 0).OrderBy(account => account.Id, StringComparer.Ordinal);
            batches.Add(entry.Id, [.. wanted.Take(SegmentBatches.Size).Select(account => account.Id)]);
            pass.Touched.UnionWith(batches.Of(entry.Id).Select(id => Key.Of(PassRoom.Tenant, id)));
        }
    }

    private void LoadForErasure(Pass pass)
    {
        var relatives = new Relatives();
        pass.Hold(relatives);
        var erased = pass.Entries.Where(entry => entry.Kind == "DELETED").Select(entry => entry.Account!).ToHashSet();
        pass.Documents<OrderRecord>().Load(room.All<OrderRecord>(OrderStore.Name)
            .Where(order => erased.Contains(order.Account) && !pass.Documents<OrderRecord>().Knows(order.Id)));
        foreach (var account in room.All<Account>(AccountStore.Name))
            foreach (var relation in account.Relations.Where(relation => erased.Contains(relation.Id)))
                relatives.Add(Key.Of(PassRoom.Tenant, relation.Id), account.Id);
    }

    private void TouchCampaigns(Pass pass)
    {
        var named = pass.Entries.Select(CampaignEntries.CampaignOf).OfType<string>().ToHashSet();
        var documents = pass.Use(new Documents<Campaign>(CampaignStore.Name));
        documents.Load(named, room.All<Campaign>(CampaignStore.Name).Where(campaign => campaign.IsLive || named.Contains(campaign.Key)));
        pass.Hold(new LiveCampaigns(() => documents.All));
        var batches = new EnrolBatches();
        foreach (var entry in pass.Entries.Where(entry => entry.Kind == CampaignEntries.Enrol))
        {
            var body = entry.Read<CampaignEntries.EnrolBody>();
            if (documents.Find(Key.Of(entry.Tenant, body.Campaign)) is not { IsLive: true } campaign)
                continue;
            string[] ids = [.. room.All<Account>(AccountStore.Name)
                .Where(account => string.CompareOrdinal(account.Id, body.After) > 0 && campaign.Definition.Constraints.AllHold(account, entry.AcceptedAt))
                .Select(account => account.Id).Order(StringComparer.Ordinal).Take(EnrolBatches.Size)];
            batches.Add(entry.Id, ids);
            pass.Touched.UnionWith(ids.Select(id => Key.Of(entry.Tenant, id)));
        }
        pass.Hold(batches);
    }

    private void LoadCampaigns(Pass pass)
    {
        var isErasing = pass.Entries.Any(entry => entry.Kind == "DELETED");
        var orders = pass.Entries.Where(entry => entry.Kind == "ORDER").Select(entry => entry.Read<OrderEvent>().Order).ToArray();
        var keys = orders.Select(order => Key.Of(PassRoom.Tenant, order.Id)).ToHashSet();
        var named = orders.SelectMany(order => order.Coupons ?? []).Select(coupon => Key.Of(PassRoom.Tenant, coupon.Coupon)).ToHashSet();
        pass.Use(new Documents<Membership>(MembershipStore.Name, membership => membership.Owner))
            .Load(room.All<Membership>(MembershipStore.Name).Where(membership => pass.Touched.Contains(membership.Owner)));
        pass.Use(new Documents<Coupon>(CouponStore.Name, coupon => coupon.Owner)).Load(named, room.All<Coupon>(CouponStore.Name).Where(coupon =>
            pass.Touched.Contains(coupon.Owner) && (isErasing || coupon.Status == CouponStatus.Open) || named.Contains(coupon.Key) || coupon.Orders.Any(keys.Contains)));
        var known = pass.Documents<Campaign>();
        known.Load(pass.Documents<Membership>().All.Select(membership => Key.Of(membership.Tenant, membership.Campaign)).Where(key => !known.Knows(key)), []);
    }
}
