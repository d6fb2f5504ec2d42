using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>RELATION relates the account to another; unless told not to, the other gets the mirror.</summary>
internal sealed class RelateAccounts(AccountStore accounts) : AccountEventHandler<RelationEvent>
{
    protected override void Needs(Needs needs, Entry entry, RelationEvent body)
    {
        base.Needs(needs, entry, body);
        needs.Account(entry.Tenant, body.Id);
    }

    protected override Task<Inviters> ReadAsync(Pass pass, Entry entry, RelationEvent body, CancellationToken cancellationToken) => body.Type switch
    {
        RelationType.InvitedBy => accounts.InvitersAsync(entry.Tenant, body.Id, cancellationToken),
        RelationType.Invited when (body.Account ?? Members.HolderOf(pass, entry.Tenant, body.Card)) is { } inviter =>
            accounts.InvitersAsync(entry.Tenant, inviter, cancellationToken),
        _ => Task.FromResult(Inviters.None),
    };

    protected override Account Apply(Account account, RelationEvent happened, DateTimeOffset at) => account;

    protected override Task AppliedAsync(Pass pass, Account account, RelationEvent happened, Inviters inviters) =>
        Relations.RelateAsync(pass, account, happened, "id", (happened.Id, happened.Type), inviters, happened.DoNotProcessSymmetry);
}

/// <summary>Ties between two accounts.</summary>
internal static class Relations
{
    /// <param name="field">What in the event names the other account.</param>
    /// <param name="tie">The other account, and what this one is to it.</param>
    public static async Task RelateAsync(
        Pass pass, Account account, LoyaltyEvent cause, string field, (string Other, RelationType Type) tie, Inviters inviters, bool oneSided)
    {
        var (other, type) = tie;
        if (other == account.Id)
            throw new EntryRejectedException(EntryProblem.OfField(field, "An account cannot be related to itself."));
        pass.AlsoConcerns(other);
        if (type is RelationType.InvitedBy)
            inviters.RefuseUnlessFirst(pass, field, account.Id, other);
        if (type is RelationType.Invited)
            inviters.RefuseUnlessFirst(pass, field, other, account.Id);
        account = Change(pass, account, cause, other, type);
        await pass.PublishAsync(new AccountChanged(pass, account, null));
        if (oneSided)
            return;
        var isNew = pass.Account(account.Tenant, other) is null;
        var mirrored = Change(pass, Members.Open(pass, account.Tenant, other, pass.Entry.At), cause, account.Id, Mirror(type));
        // Note: an account that comes into being as the other side of a relation is news as well.
        if (isNew)
            await pass.PublishAsync(new AccountChanged(pass, mirrored, null));
    }

    public static Account Relate(Account account, string other, RelationType type, DateTimeOffset at) =>
        account.Relations.Any(relation => relation.Id == other && relation.Type == type)
            ? account
            : account with { Relations = [.. account.Relations, new Relation(other, at, type)] };

    public static RelationType Mirror(RelationType type) => type switch
    {
        RelationType.Invited => RelationType.InvitedBy,
        RelationType.InvitedBy => RelationType.Invited,
        _ => type,
    };

    private static Account Change(Pass pass, Account account, LoyaltyEvent cause, string other, RelationType type)
    {
        var changed = pass.Change(account, known => Relate(known, other, type, pass.Entry.At));
        return AccountLimits.Fault(account, changed, cause) is { } fault ? throw new EntryRejectedException(fault) : changed;
    }
}
