using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>
/// Who invited whom, from one account up to the first who was invited by nobody. A member has one inviter, the first; and nobody invites whom
/// he was invited by, over any number of steps.
/// </summary>
/// <param name="ByAccount">The inviter of each account on the way, as stored.</param>
internal sealed record Inviters(IReadOnlyDictionary<string, string?> ByAccount)
{
    public static readonly Inviters None = new(new Dictionary<string, string?>());

    public static string? Of(IEnumerable<Relation> relations) => relations.FirstOrDefault(relation => relation.Type == RelationType.InvitedBy)?.Id;

    public void RefuseUnlessFirst(Pass pass, string field, string invited, string inviter)
    {
        if (pass.Account(pass.Entry.Tenant, invited) is { } known && Of(known.Relations) is { } first && first != inviter)
            throw new EntryRejectedException(EntryProblem.OfField(field, "This member was invited by another already, and the first stays.", "invited_before", 409));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var next = inviter; next is not null && seen.Add(next); next = NextOf(pass, next))
            if (next == invited)
                throw new EntryRejectedException(EntryProblem.OfField(field, "Nobody invites a member by whom they were invited, over any number of steps.", "invited_in_a_circle", 409));
    }

    /// <summary>Note: an account that this pass knows may have been changed by it. One that nobody has read yet puts the entry into the next pass.</summary>
    private string? NextOf(Pass pass, string account)
    {
        var key = Key.Of(pass.Entry.Tenant, account);
        return pass.Documents<Account>().Peek(key) is { } known ? Of(known.Relations)
            : ByAccount.TryGetValue(account, out var inviter) ? inviter
            : pass.Account(pass.Entry.Tenant, account) is { } found ? Of(found.Relations) : null;
    }
}
