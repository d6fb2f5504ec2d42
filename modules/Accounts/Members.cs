using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>Finds, or brings into being, the account that an entry concerns.</summary>
internal static class Members
{
    /// <summary>The account of an event: the one it names, else the one whose card it names.</summary>
    public static string Resolve(Pass pass, Entry entry, string? card)
    {
        var holder = HolderOf(pass, entry.Tenant, card);
        if (entry.Account is null)
            return holder ?? NewId(pass, entry.Tenant);
        if (holder is not null && holder != entry.Account)
            throw new EntryRejectedException(EventProblem.OfField(
                "card", $"The card {card} belongs to another account than {entry.Account}.", "card_of_another_account", 409));
        return entry.Account;
    }

    public static string? HolderOf(Pass pass, string tenant, string? card) =>
        card is null ? null : pass.Documents<Claim>().Find(Claim.Card(tenant, card))?.Account;

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
            Mgm = pass.Held<OfferedCodes>().Take(pass, tenant),
            Header = new AccountHeader { Created = at },
        };
        pass.Documents<Claim>().Put(new Claim { Id = Claim.Mgm(tenant, account.Mgm), Account = id });
        pass.Documents<Account>().Put(account);
        return card is null ? account : BindCard(pass, account, card);
    }

    public static Account BindCard(Pass pass, Account account, string card)
    {
        if (account.Card == card)
            return account;
        if (account.Card is { } old)
            pass.Documents<Claim>().Put(new Claim { Id = Claim.Card(account.Tenant, old) });
        pass.Documents<Claim>().Put(new Claim { Id = Claim.Card(account.Tenant, card), Account = account.Id });
        return pass.Change(account, changed => changed with { Card = card });
    }

    private static string NewId(Pass pass, string tenant)
    {
        var id = Guid.NewGuid().ToString();
        pass.Documents<Account>().Load([Key.Of(tenant, id)], []);
        return id;
    }
}
