using System.Security.Cryptography;
using System.Text;
using Loyalty.Accounts.Contracts;

namespace Loyalty.Accounts;

/// <summary>Finds, or brings into being, the account that an entry concerns.</summary>
internal static class Members
{
    /// <summary>What is needed to know the account of an entry: the one it names, the holder of its card, or a new one.</summary>
    public static void NeededBy(Needs needs, Entry entry, string? account, string? card)
    {
        if (account is not null)
            needs.Account(entry.Tenant, account);
        if (card is not null)
            needs.Document<Claim>(Claim.Card(entry.Tenant, card));
        if (account is null && HolderOf(needs, entry.Tenant, card) is null)
            needs.Account(entry.Tenant, NewId(entry));
    }

    /// <summary>The account of an event: the one it names, else the one whose card it names, else a new one.</summary>
    public static string Resolve(Pass pass, Entry entry, string? account, string? card)
    {
        var holder = HolderOf(pass, entry.Tenant, card);
        if (account is null)
            return holder ?? NewId(entry);
        if (holder is null || holder == account)
            return account;
        // Note: what is refused names the holder's card, and forgets it when the holder is erased.
        pass.AlsoConcerns(holder);
        throw new EntryRejectedException(EntryProblem.OfField(
            "card", $"The card {card} belongs to another account than {account}.", "card_of_another_account", 409));
    }

    public static string? HolderOf(Pass pass, string tenant, string? card) =>
        card is null ? null : pass.Find<Claim>(Claim.Card(tenant, card))?.Account;

    public static string? HolderOf(Needs needs, string tenant, string? card) =>
        card is null ? null : needs.Find<Claim>(Claim.Card(tenant, card))?.Account;

    /// <summary>The account, new if it was not there. An account that is made for an unknown card gets that card.</summary>
    public static Account Open(Pass pass, string tenant, string id, DateTimeOffset at, string? card = null)
    {
        if (pass.Account(tenant, id) is { } known)
            return known;
        var account = new Account
        {
            Key = Key.Of(tenant, id),
            Tenant = tenant,
            Id = id,
            Incarnation = Guid.NewGuid().ToString("N"),
            Mgm = MgmCode.FreeFor(pass, tenant, id),
            Header = new AccountHeader { Created = at },
            ErasedAt = pass.Find<Account>(Key.Of(tenant, id))?.ErasedAt,
        };
        pass.Put(new Claim { Id = Claim.Mgm(tenant, account.Mgm), Account = id });
        pass.Put(account);
        return card is null ? account : BindCard(pass, account, card);
    }

    public static Account BindCard(Pass pass, Account account, string card)
    {
        if (account.Card == card)
            return account;
        if (account.Card is { } old)
            pass.Put(new Claim { Id = Claim.Card(account.Tenant, old) });
        pass.Put(new Claim { Id = Claim.Card(account.Tenant, card), Account = account.Id });
        return pass.Change(account, changed => changed with { Card = card });
    }

    /// <summary>The id of an account that an entry makes. Note: it follows from the entry, so that it is the same whenever it is asked for.</summary>
    private static string NewId(Entry entry) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(entry.Id)).AsSpan(0, 16)).ToString();
}
