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

    public async Task AfterEntryAsync(Pass pass)
    {
        await KeepSegments.ApplyAsync(pass, mediator);
        CampaignsPart.Follow(pass);
    }

    private void TouchSegments(Pass pass)
    {
        var documents = pass.Use(new Documents<TenantSegments>(SegmentStore.Name));
        documents.Load([PassRoom.Tenant], room.All<TenantSegments>(SegmentStore.Name));
        var terms = new TenantTerms();
        terms.Add(room.Settings, room.Zone);
        pass.Hold(terms);
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
        var started = room.All<Campaign>(CampaignStore.Name).Where(campaign => campaign.IsStarted).ToArray();
        var named = pass.Entries.Select(CampaignEntries.CampaignOf).OfType<string>().ToHashSet();
        var documents = pass.Use(new Documents<Campaign>(CampaignStore.Name));
        documents.Load(named, room.All<Campaign>(CampaignStore.Name).Where(campaign => named.Contains(campaign.Key)));
        documents.Load(started);
        var live = new LiveCampaigns();
        live.Learn([PassRoom.Tenant], started);
        pass.Hold(new JoinableCampaigns(live, () => documents.All));
        var batches = new MemberBatches();
        foreach (var entry in pass.Entries)
            if (BatchOf(documents, entry) is { } ids)
            {
                batches.Add(entry.Id, ids);
                pass.Touched.UnionWith(ids.Select(id => Key.Of(entry.Tenant, id)));
            }
        pass.Hold(batches);
    }

    private IReadOnlyList<string>? BatchOf(Documents<Campaign> campaigns, Entry entry)
    {
        if (entry.Kind is not (CampaignEntries.Enrol or CampaignEntries.Birthday or CampaignEntries.Close or CampaignEntries.Purge))
            return null;
        var campaign = campaigns.Find(CampaignEntries.CampaignOf(entry)!)!;
        if (entry.Kind is CampaignEntries.Close or CampaignEntries.Purge)
            return Batch(room.Memberships.Where(walk => walk.Campaign == campaign.Id).Select(walk => walk.Key.Split('/', 3)[2]), campaign.UpTo);
        var days = entry.Kind == CampaignEntries.Birthday ? Birthdays.KeptOn(entry.Read<CampaignEntries.BirthdayBody>().Day) : null;
        return Batch(room.All<Account>(AccountStore.Name)
            .Where(account => campaign.Definition.Constraints.AllHold(account, entry.AcceptedAt, room.Zone) && (days is null || days.Contains(account.Birthday)))
            .Select(account => account.Id), campaign.UpTo);
    }

    private static IReadOnlyList<string> Batch(IEnumerable<string> accounts, string? after) =>
        [.. accounts.Where(id => string.CompareOrdinal(id, after) > 0).Order(StringComparer.Ordinal).Take(MemberBatches.Size)];

    private void LoadCampaigns(Pass pass)
    {
        var closedToo = pass.Entries.Any(entry => entry.Kind is "DELETED" or CampaignEntries.Purge);
        var (named, orders) = CampaignsPart.NamedBy(pass);
        pass.Use(new Documents<Membership>(MembershipStore.Name, membership => membership.Owner))
            .Load(room.All<Membership>(MembershipStore.Name).Where(membership => pass.Touched.Contains(membership.Owner)));
        pass.Use(new Documents<Coupon>(CouponStore.Name, coupon => coupon.Owner)).Load(named, room.All<Coupon>(CouponStore.Name).Where(coupon =>
            pass.Touched.Contains(coupon.Owner) && (closedToo || coupon.Status == CouponStatus.Open) || named.Contains(coupon.Key) || coupon.Orders.Any(orders.Contains)));
        CampaignsPart.RememberOver(pass);
        string[] clicked = [.. ClickPush.KeysOf(pass)];
        pass.Use(new Documents<PushClick>(PushClickStore.Name)).Load(clicked, room.All<PushClick>(PushClickStore.Name).Where(click => clicked.Contains(click.Key)));
    }
}
