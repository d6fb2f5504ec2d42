using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>Keeps every change of a consent, whatever entry has brought it.</summary>
internal sealed class KeepConsents : IAfterEntry
{
    public Task AfterEntryAsync(Pass pass)
    {
        var accounts = pass.Documents<Account>();
        foreach (var key in accounts.ChangedByEntry)
            if (accounts.Find(key) is { IsErased: false } account)
                Keep(pass, accounts.BeforeEntry(key), account);
        return Task.CompletedTask;
    }

    /// <summary>Consents that hold for one transaction are kept, too; they change nothing of the account.</summary>
    public static void OfTransaction(Pass pass, Account account, LoyaltyEvent happened)
    {
        if (happened.Consents is not { Scope: ConsentScope.Transaction } given)
            return;
        foreach (var (consent, value) in given.Values)
            Add(pass, account, consent, value, Said.Moment(pass.Entry.At, pass.Now), given.Transaction);
    }

    private static void Keep(Pass pass, Account? before, Account account)
    {
        var known = before is { IsErased: false } && before.Incarnation == account.Incarnation ? before : null;
        if (known is not null && ReferenceEquals(known.Consents, account.Consents))
            return;
        foreach (var (consent, value) in account.Consents)
            if (known?.Consents.GetValueOrDefault(consent) != value)
                Add(pass, account, consent, value, account.ConsentsSaid.TryGetValue(consent, out var said) ? said : pass.Now, null);
    }

    private static void Add(Pass pass, Account account, string consent, string value, DateTimeOffset ts, string? transaction) =>
        pass.Additions<ConsentWord>().Add(new ConsentWord
        {
            Id = Key.Of(account.Tenant, pass.NewId()),
            Tenant = account.Tenant,
            Handle = account.Incarnation,
            Consent = consent,
            Value = value,
            Scope = transaction is null ? ConsentScope.Account : ConsentScope.Transaction,
            Transaction = transaction,
            Ts = ts,
            AcceptedAt = pass.Now,
            Client = pass.Entry.Sender switch
            {
                null => ConsentWord.OfApplication,
                { IsPerson: true } sender => sender.Id == account.Id ? null : ConsentWord.OfStaff,
                { } sender => sender.Id,
            },
        });
}
