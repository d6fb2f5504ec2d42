using Microsoft.Extensions.DependencyInjection;


namespace Loyalty.Accounts.Contracts;

/// <summary>How modules reach the accounts of a pass.</summary>
public static class AccountsInPass
{
    public static void Account(this Needs needs, string tenant, string account) => needs.Document<Account>(Key.Of(tenant, account));

    public static Account? Account(this Pass pass, string tenant, string account) => pass.AccountOf(Key.Of(tenant, account));

    /// <param name="key">Tenant and id.</param>
    public static Account? AccountOf(this Pass pass, string key) => pass.Find<Account>(key) is { IsErased: false } known ? known : null;

    /// <summary>Whatever erases an account needs this of it, too.</summary>
    /// <param name="rule">Gets the key of the account.</param>
    public static IServiceCollection WhenErasing(this IServiceCollection services, Action<Needs, string> rule) => services.AddSingleton(new ErasureNeed(rule));

    /// <summary>Changes an account, before its next entry.</summary>
    public static Account Change(this Pass pass, Account account, Func<Account, Account> change)
    {
        var changed = Said.Noted(account, change(account), pass.Now);
        pass.Put(changed);
        return changed;
    }

    /// <summary>How the tenant of the entry being decided wants loyalty to work.</summary>
    public static LoyaltySettings LoyaltySettings(this Pass pass) => pass.Value<LoyaltySettings>(pass.Entry.Tenant);
}

/// <summary>What another module needs of an account that is erased.</summary>
internal sealed record ErasureNeed(Action<Needs, string> Rule);
