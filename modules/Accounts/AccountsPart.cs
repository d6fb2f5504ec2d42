using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Events.Contracts;
using MediatR;

namespace Loyalty.Accounts;

/// <summary>Finds out which accounts a batch of entries is about, loads them with their cards, codes and orders, and keeps them in their segments.</summary>
internal sealed class AccountsPart(
    AccountStore accounts, ClaimStore claims, OrderStore orders, SegmentStore segments, ILoyaltySettings settings, Tenants tenants, IMediator mediator) : IPassPart
{
    public async Task TouchAsync(Pass pass, CancellationToken cancellationToken)
    {
        var named = References.Of(pass.Entries);
        var claimed = await claims.FindAsync(named.Claims, cancellationToken);
        var known = await orders.FindAsync(named.Orders, cancellationToken);
        pass.Use(new Documents<Claim>(ClaimStore.Name)).Load(named.Claims, claimed);
        pass.Use(new Documents<OrderRecord>(OrderStore.Name, order => order.Tenant)).Load(named.Orders, known);
        pass.Touched.UnionWith(named.Accounts);
        pass.Touched.UnionWith(claimed.Where(claim => claim.Account is not null).Select(claim => Key.Of(Tenant(claim.Id), claim.Account!)));
        pass.Touched.UnionWith(known.Where(order => order.Account.Length > 0).Select(order => Key.Of(order.Tenant, order.Account)));
        await TouchSegmentsAsync(pass, cancellationToken);
    }

    public async Task LoadAsync(Pass pass, CancellationToken cancellationToken)
    {
        var found = await accounts.FindAsync(pass.Touched, cancellationToken);
        pass.Use(new Documents<Account>(AccountStore.Name)).Load(pass.Touched, found);
        await LoadForErasureAsync(pass, cancellationToken);
        await OfferCodesAsync(pass, OfferedCodes.NeededFor(pass, found), cancellationToken);
    }

    public Task AfterEntryAsync(Pass pass) => KeepSegments.ApplyAsync(pass, mediator);

    /// <summary>Note: what is about to be placed must be touched like any other account.</summary>
    private async Task TouchSegmentsAsync(Pass pass, CancellationToken cancellationToken)
    {
        string[] named = [.. pass.Entries.Select(entry => entry.Tenant).Distinct()];
        var documents = pass.Use(new Documents<TenantSegments>(SegmentStore.Name));
        documents.Load(named, await segments.FindAsync(named, cancellationToken));
        var terms = new TenantTerms();
        foreach (var tenant in named)
            terms.Add(await settings.OfAsync(tenant, cancellationToken), await tenants.ZoneOfAsync(tenant, cancellationToken));
        pass.Hold(terms);
        var batches = new SegmentBatches();
        pass.Hold(batches);
        foreach (var entry in pass.Entries.Where(entry => entry.Kind is SegmentEntries.PlaceAll or SegmentEntries.PlaceDue))
        {
            var ids = entry.Kind == SegmentEntries.PlaceDue
                ? await accounts.SegmentDueAsync(entry.Tenant, entry.AcceptedAt, SegmentBatches.Size, cancellationToken)
                : await accounts.MatchingAsync(entry.Tenant, new Wanted([], entry.AcceptedAt, terms.ZoneOf(entry.Tenant)), documents.Find(entry.Tenant)?.PlacedUpTo, SegmentBatches.Size, cancellationToken);
            batches.Add(entry.Id, ids);
            pass.Touched.UnionWith(ids.Select(id => Key.Of(entry.Tenant, id)));
        }
    }

    /// <summary>Loads all that an erasure has to remove: every order of the account, and who is related to it.</summary>
    private async Task LoadForErasureAsync(Pass pass, CancellationToken cancellationToken)
    {
        var relatives = new Relatives();
        pass.Hold(relatives);
        foreach (var group in pass.Entries.Where(entry => entry.Kind == "DELETED").GroupBy(entry => entry.Tenant))
        {
            var ids = group.SelectMany(entry => new[] { entry.Account, Members.HolderOf(pass, entry.Tenant, entry.Card) }).OfType<string>().Distinct().ToArray();
            pass.Documents<OrderRecord>().Load((await orders.OfAccountsAsync(group.Key, ids, cancellationToken))
                .Where(order => !pass.Documents<OrderRecord>().Knows(order.Id)));
            foreach (var (tenant, id, others) in await accounts.RelatedToAsync(group.Key, ids, cancellationToken))
                foreach (var other in others)
                    relatives.Add(Key.Of(tenant, other), id);
        }
    }

    /// <summary>Makes as many member-get-member codes as there may be new accounts, and looks which are taken.</summary>
    private async Task OfferCodesAsync(Pass pass, int newcomers, CancellationToken cancellationToken)
    {
        var offered = new OfferedCodes([.. Enumerable.Range(0, newcomers).Select(_ => MgmCode.New()).Distinct()]);
        pass.Hold(offered);
        if (newcomers == 0)
            return;
        var ids = pass.Entries.Select(entry => entry.Tenant).Distinct()
            .SelectMany(tenant => offered.Codes.Select(code => Claim.Mgm(tenant, code))).ToArray();
        pass.Documents<Claim>().Load(ids, await claims.FindAsync(ids, cancellationToken));
    }

    private static string Tenant(string claim) => claim[..claim.IndexOf('/', StringComparison.Ordinal)];
}
