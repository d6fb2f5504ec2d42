using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>
/// DELETED erases an account: everything personal goes, in every module; the totals that statistics have counted stay. A later event
/// for the same id begins a new account.
/// </summary>
internal sealed class EraseAccount(AccountStore accounts, People people, IEnumerable<ErasureNeed> others) : EntryHandler<DeletedEvent, Erasable>
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
        needs.Group(Claim.OfOwner, account.Key);
    }

    protected override async Task<Erasable> ReadAsync(Pass pass, Entry entry, DeletedEvent body, CancellationToken cancellationToken) =>
        IdOf(pass, entry, body) is not { } id ? new Erasable([], false) : new Erasable(
            await accounts.RelatedToAsync(entry.Tenant, id, cancellationToken),
            await people.FindAsync(entry.Tenant, id, cancellationToken) is { IsMember: true });

    protected override async Task DecideAsync(Pass pass, Entry entry, DeletedEvent body, Erasable prepared)
    {
        if (IdOf(pass, entry, body) is not { } id || pass.Account(entry.Tenant, id) is not { } account)
            throw new EntryRejectedException(EntryProblem.OfField(
                body.Account is null ? "card" : "account", "There is no such account; nothing had to be erased.", "account_not_found", 404));
        pass.Concerns(id);
        var receipt = new SortedDictionary<string, int>(StringComparer.Ordinal) { ["accounts"] = 1, ["people"] = prepared.IsPerson ? 1 : 0 };
        await pass.PublishAsync(new AccountErased(pass, account, receipt));
        receipt["cards"] = FreeClaims(pass, account);
        receipt["orders"] = ForgetOrders(pass, account);
        var unrelated = ForgetRelations(pass, account, prepared.Related);
        receipt["relations"] = unrelated.Count;
        pass.Put(Account.Tombstone(account.Key, entry.AcceptedAt, entry.AcceptedAt + AccountErased.TombstonesStay));
        pass.BlankEntriesOf(entry.Tenant, id);
        pass.BlankAfterwards([.. unrelated, pass.Append(new ForgetPerson.Body(id))]);
        pass.Tell<EventDetails>(details => details with { Erased = receipt });
    }

    private static string? IdOf(Pass pass, Entry entry, DeletedEvent body) => body.Account ?? Members.HolderOf(pass, entry.Tenant, body.Card);

    private static int FreeClaims(Pass pass, Account account)
    {
        var claims = pass.Documents<Claim>().Of(Claim.OfOwner, account.Key);
        foreach (var claim in claims)
            pass.Put(claim with { Account = null, ExpireAt = pass.Now + AccountErased.TombstonesStay });
        return claims.Count(claim => claim.IsCard);
    }

    private static int ForgetOrders(Pass pass, Account account)
    {
        var orders = pass.Documents<OrderRecord>().Of(OrderRecord.OfOwner, account.Key);
        foreach (var order in orders)
            pass.Put(order with { Owner = "" });
        return orders.Count;
    }

    /// <summary>Note: relations that earlier entries of this very pass have made are not in the database yet.</summary>
    /// <returns>The ids of the entries that make others forget the account.</returns>
    private static IReadOnlyList<string> ForgetRelations(Pass pass, Account account, IEnumerable<string> stored)
    {
        var made = pass.Documents<Account>().Changed
            .Where(other => other.Tenant == account.Tenant && other.Relations.Any(relation => relation.Id == account.Id)).Select(other => other.Id);
        string[] others = [.. stored.Concat(account.Relations.Select(relation => relation.Id)).Concat(made).Where(other => other != account.Id).Distinct()];
        return [.. others.Select(other => pass.Append(new ForgetRelation.Body(account.Id), other, other))];
    }
}

/// <summary>What an erasure finds beyond the account.</summary>
/// <param name="Related">Ids of the accounts that are related to it.</param>
/// <param name="IsPerson">There is a member who signs in to it.</param>
internal sealed record Erasable(IReadOnlyList<string> Related, bool IsPerson);
