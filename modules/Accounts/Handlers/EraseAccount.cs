using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>
/// DELETED erases an account: everything personal goes, in every module; the totals that statistics have counted stay. A later event
/// for the same id begins a new account.
/// </summary>
internal sealed class EraseAccount(AccountStore accounts, IEnumerable<ErasureNeed> others) : EntryHandler<DeletedEvent, RelatedAccounts>
{
    protected override void Needs(Needs needs, Entry entry, DeletedEvent body)
    {
        if (body.Card is { } card)
            needs.Document<Claim>(Claim.Card(entry.Tenant, card));
        if ((body.Account ?? Members.HolderOf(needs, entry.Tenant, body.Card)) is not { } id)
            return;
        needs.Account(entry.Tenant, id);
        needs.Group(OrderRecord.OfOwner, Key.Of(entry.Tenant, id));
        if (needs.Find<Account>(Key.Of(entry.Tenant, id)) is not { IsErased: false } account)
            return;
        foreach (var other in others)
            other.Rule(needs, account.Key);
        needs.Document<Claim>(Claim.Mgm(entry.Tenant, account.Mgm));
        if (account.Card is { } bound)
            needs.Document<Claim>(Claim.Card(entry.Tenant, bound));
    }

    protected override async Task<RelatedAccounts> ReadAsync(Pass pass, Entry entry, DeletedEvent body, CancellationToken cancellationToken) =>
        new(IdOf(pass, entry, body) is { } id ? await accounts.RelatedToAsync(entry.Tenant, id, cancellationToken) : []);

    protected override async Task DecideAsync(Pass pass, Entry entry, DeletedEvent body, RelatedAccounts prepared)
    {
        if (IdOf(pass, entry, body) is not { } id || pass.Account(entry.Tenant, id) is not { } account)
            throw new EntryRejectedException(EntryProblem.OfField(
                body.Account is null ? "card" : "account", "There is no such account; nothing had to be erased.", "account_not_found", 404));
        pass.Concerns(id);
        var receipt = new SortedDictionary<string, int>(StringComparer.Ordinal) { ["accounts"] = 1 };
        await pass.PublishAsync(new AccountErased(pass, account, receipt));
        receipt["cards"] = FreeClaims(pass, account);
        receipt["orders"] = ForgetOrders(pass, account);
        receipt["relations"] = ForgetRelations(pass, account, prepared.Ids);
        pass.Put(Account.Tombstone(account.Key, entry.AcceptedAt + AccountErased.TombstonesStay));
        pass.BlankEntriesOf(entry.Tenant, id);
        pass.Tell<EventDetails>(details => details with { Erased = receipt });
    }

    private static string? IdOf(Pass pass, Entry entry, DeletedEvent body) => body.Account ?? Members.HolderOf(pass, entry.Tenant, body.Card);

    private static int FreeClaims(Pass pass, Account account)
    {
        pass.Put(new Claim { Id = Claim.Mgm(account.Tenant, account.Mgm) });
        if (account.Card is not { } card)
            return 0;
        pass.Put(new Claim { Id = Claim.Card(account.Tenant, card) });
        return 1;
    }

    private static int ForgetOrders(Pass pass, Account account)
    {
        var orders = pass.Documents<OrderRecord>().Of(OrderRecord.OfOwner, account.Key);
        foreach (var order in orders)
            pass.Put(order with { Owner = "" });
        return orders.Count;
    }

    /// <summary>Note: relations that earlier entries of this very pass have made are not in the database yet.</summary>
    private static int ForgetRelations(Pass pass, Account account, IEnumerable<string> stored)
    {
        var made = pass.Documents<Account>().Changed
            .Where(other => other.Tenant == account.Tenant && other.Relations.Any(relation => relation.Id == account.Id)).Select(other => other.Id);
        string[] others = [.. stored.Concat(account.Relations.Select(relation => relation.Id)).Concat(made).Where(other => other != account.Id).Distinct()];
        foreach (var other in others)
            pass.Append(new ForgetRelation.Body(account.Id), other, other);
        return others.Length;
    }
}

/// <summary>Ids of the accounts that are related to one.</summary>
internal sealed record RelatedAccounts(IReadOnlyList<string> Ids);
