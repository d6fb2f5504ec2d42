using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using MediatR;

namespace Loyalty.Accounts;

/// <summary>
/// Erases an account: everything personal goes, in every module; the totals that statistics have counted stay. A later event
/// for the same id begins a new account.
/// </summary>
internal static class EraseAccount
{
    public const string Unrelate = "account.unrelate";

    public sealed record UnrelateBody(string Other);

    public static async Task ApplyAsync(Pass pass, Entry entry, IMediator mediator, CancellationToken cancellationToken)
    {
        var id = entry.Account ?? Members.HolderOf(pass, entry.Tenant, entry.Card);
        if (id is null || pass.Account(entry.Tenant, id) is not { } account)
            throw new EntryRejectedException(EventProblem.OfField(
                entry.Account is null ? "card" : "account", "There is no such account; nothing had to be erased.", "account_not_found", 404));
        pass.Concerns(id);
        var receipt = new SortedDictionary<string, int>(StringComparer.Ordinal) { ["accounts"] = 1 };
        await mediator.Publish(new AccountErased(pass, account, receipt), cancellationToken);
        receipt["cards"] = FreeClaims(pass, account);
        receipt["orders"] = ForgetOrders(pass, account);
        receipt["relations"] = ForgetRelations(pass, entry, account);
        pass.Documents<Account>().Put(Account.Tombstone(account.Key, entry.AcceptedAt + AccountErased.TombstonesStay));
        pass.BlankEntriesOf(entry.Tenant, id);
        pass.Tell(outcome => outcome with { Erased = receipt });
    }

    /// <summary>A related account loses the id. It never creates an account.</summary>
    public static void Forget(Pass pass, Entry entry)
    {
        pass.Concerns(entry.Account!);
        var other = entry.Read<UnrelateBody>().Other;
        if (pass.Account(entry.Tenant, entry.Account!) is { } account)
            pass.Change(account, known => known with { Relations = [.. known.Relations.Where(relation => relation.Id != other)] });
    }

    private static int FreeClaims(Pass pass, Account account)
    {
        var claims = pass.Documents<Claim>();
        var mgm = Claim.Mgm(account.Tenant, account.Mgm);
        claims.Load([mgm], []);
        claims.Put(new Claim { Id = mgm });
        if (account.Card is not { } card)
            return 0;
        claims.Load([Claim.Card(account.Tenant, card)], []);
        claims.Put(new Claim { Id = Claim.Card(account.Tenant, card) });
        return 1;
    }

    private static int ForgetOrders(Pass pass, Account account)
    {
        var orders = pass.Documents<OrderRecord>();
        var mine = orders.Of(account.Tenant).Where(order => order.Account == account.Id).ToArray();
        foreach (var order in mine)
            orders.Put(order with { Account = "" });
        return mine.Length;
    }

    private static int ForgetRelations(Pass pass, Entry entry, Account account)
    {
        var others = pass.Held<Relatives>().Of(account.Key).Concat(account.Relations.Select(relation => relation.Id)).Concat(RelatedInPass(pass, account))
            .Where(other => other != account.Id).Distinct().ToArray();
        foreach (var other in others)
            pass.Append(NewEntry.Internal(entry.Tenant, $"unrelate:{entry.Position}:{other}", Unrelate, other, entry.AcceptedAt, new UnrelateBody(account.Id)));
        return others.Length;
    }

    /// <summary>Note: relations that earlier entries of this very pass have made are not in the database yet.</summary>
    private static IEnumerable<string> RelatedInPass(Pass pass, Account account) => pass.Documents<Account>().All
        .Where(other => other.Tenant == account.Tenant && other.Relations.Any(relation => relation.Id == account.Id))
        .Select(other => other.Id);
}
