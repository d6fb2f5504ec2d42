using Loyalty.Events.Contracts;

namespace Loyalty.Accounts.Contracts;

/// <summary>How later modules reach the accounts of a pass.</summary>
public static class AccountsInPass
{
    public static Account? Account(this Pass pass, string tenant, string account) =>
        pass.Documents<Account>().Find(Key.Of(tenant, account)) is { IsErased: false } known ? known : null;

    /// <summary>Applies what a campaign does to an account, before the account's next entry.</summary>
    public static Account Change(this Pass pass, Account account, Func<Account, Account> change)
    {
        var changed = change(account);
        pass.Documents<Account>().Put(changed);
        return changed;
    }
}
