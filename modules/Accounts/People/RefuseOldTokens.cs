using Loyalty.Accounts.Contracts;

namespace Loyalty.Accounts;

/// <summary>
/// Refuses what a person sends with a token that is older than the erasure of their account: whatever a host still remembers, nothing comes
/// into being under it, and a later account of the same id is not theirs.
/// </summary>
internal sealed class RefuseOldTokens : IAfterEntry
{
    public Task AfterEntryAsync(Pass pass)
    {
        if (pass.Entry is { Sender: { IsPerson: true, TokenIssuedAt: { } issued } sender } entry && entry.Subject == sender.Id
            && pass.Documents<Account>().BeforeEntry(Key.Of(entry.Tenant, sender.Id)) is { ErasedAt: { } erasedAt } && issued <= erasedAt)
            throw new EntryRejectedException(401, "account_erased", "This account has been erased since you signed in.");
        return Task.CompletedTask;
    }
}
