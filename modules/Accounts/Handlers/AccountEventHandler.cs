using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>Applies an event to the account that it names, by id or card, and says so.</summary>
internal abstract class AccountEventHandler<TEvent> : EntryHandler<TEvent, Inviters> where TEvent : LoyaltyEvent
{
    protected override void Needs(Needs needs, Entry entry, TEvent body) => Members.NeededBy(needs, entry, body.Account, body.Card);

    /// <summary>Only an event that says who invited whom looks further.</summary>
    protected override Task<Inviters> ReadAsync(Pass pass, Entry entry, TEvent body, CancellationToken cancellationToken) => Task.FromResult(Inviters.None);

    protected override async Task DecideAsync(Pass pass, Entry entry, TEvent body, Inviters prepared)
    {
        var id = Members.Resolve(pass, entry, body.Account, body.Card);
        pass.Concerns(id);
        var account = Members.Open(pass, entry.Tenant, id, entry.At, body.Account is null ? body.Card : null);
        account = Change(pass, account, body, known => Apply(Seen.With(known, body, entry), body, MomentOf(entry)));
        KeepConsents.OfTransaction(pass, account, body);
        await AppliedAsync(pass, account, body, prepared);
    }

    /// <summary>What the event does to the account. Pure.</summary>
    protected abstract Account Apply(Account account, TEvent happened, DateTimeOffset at);

    /// <summary>When it happened, as the change takes it.</summary>
    protected virtual DateTimeOffset MomentOf(Entry entry) => entry.At;

    protected virtual Task AppliedAsync(Pass pass, Account account, TEvent happened, Inviters inviters) => pass.PublishAsync(new AccountChanged(pass, account, null));

    protected static Account Change(Pass pass, Account account, LoyaltyEvent cause, Func<Account, Account> change)
    {
        var changed = pass.Change(account, change);
        return AccountLimits.Fault(account, changed, cause) is { } fault ? throw new EntryRejectedException(fault) : changed;
    }
}

/// <summary>What every event leaves on its account. Pure.</summary>
internal static class Seen
{
    public static Account At(Account account, DateTimeOffset at) =>
        account with { Header = account.Header with { LastEvent = Later(account.Header.LastEvent, at) } };

    /// <summary>Also the consents that the event carries.</summary>
    public static Account With(Account account, LoyaltyEvent happened, Entry entry) => happened.Consents is { Scope: ConsentScope.Account } given
        ? ConsentLaw.Say(At(account, entry.At), given.Values, entry.At, entry.AcceptedAt)
        : At(account, entry.At);

    public static DateTimeOffset Later(DateTimeOffset? known, DateTimeOffset at) => known > at ? known.Value : at;
}
