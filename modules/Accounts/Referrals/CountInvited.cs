using Loyalty.Accounts.Contracts;

namespace Loyalty.Accounts;

/// <summary>Has inviters count whom they invited, and of those who have ordered, whatever entry it was.</summary>
internal sealed class KeepInvited : IAfterEntry
{
    public Task AfterEntryAsync(Pass pass)
    {
        var accounts = pass.Documents<Account>();
        foreach (var key in accounts.ChangedByEntry.ToArray())
        {
            if (accounts.Find(key) is not { IsErased: false } after || Inviters.Of(after.Relations) is not { } inviter)
                continue;
            var before = accounts.BeforeEntry(key) is { IsErased: false } known ? known : null;
            var (wasActive, isActive) = (before is not null && IsActive(before), IsActive(after));
            if (before is null || Inviters.Of(before.Relations) != inviter)
                pass.Append(new CountInvited.Body(1, isActive ? 1 : 0), after.Id, inviter);
            else if (wasActive != isActive)
                pass.Append(new CountInvited.Body(0, isActive ? 1 : -1), after.Id, inviter);
        }
        return Task.CompletedTask;
    }

    private static bool IsActive(Account account) => account.Counter("orders") > 0;
}

/// <summary>Counts invited members on their inviter. It never makes an account.</summary>
internal sealed class CountInvited : EntryHandler<CountInvited.Body>
{
    /// <param name="Invited">How many more have been invited.</param>
    /// <param name="Active">How many more of them have an order that counts; less, where one is taken back.</param>
    [EntryKind("account.count-invited")]
    internal sealed record Body(int Invited, int Active);

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Account(entry.Tenant, entry.Subject!);

    protected override async Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        pass.Concerns(entry.Subject!);
        if (pass.Account(entry.Tenant, entry.Subject!) is not { } account)
            return;
        var counted = new Dictionary<string, decimal> { [Referrals.Invited] = body.Invited, [Referrals.Active] = body.Active };
        account = pass.Change(account, known => known.Counting(counted));
        await pass.PublishAsync(new AccountChanged(pass, account, null));
    }
}

/// <summary>The counters that referrals are rewarded by.</summary>
internal static class Referrals
{
    public const string Invited = "invited";
    public const string Active = "invitedActive";
}
