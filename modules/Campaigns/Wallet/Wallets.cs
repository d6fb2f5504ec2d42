using System.Text.Json;
using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using Loyalty.Web;

namespace Loyalty.Campaigns;

/// <summary>Books what changes a wallet, and hands credits over to the tenant's outside wallet where there is one.</summary>
internal static class Wallets
{
    public const string Name = "campaigns.ledger";

    /// <param name="Expires">Absent: the credit does not expire.</param>
    public sealed record BatchBody(decimal Amount, DateTimeOffset? Expires);

    /// <summary>A campaign's credit. Its balance is in the account already.</summary>
    public static void Credit(Pass pass, Account account, Campaign campaign, WalkEffect.CreditWallet credit)
    {
        var (entry, state) = (pass.Entry, credit.State);
        var id = CauseId.Of(account.Incarnation, "credit", entry.Id, campaign.Id, $"{credit.Step}");
        var expires = Validity.After(entry.AcceptedAt, state.ValidFor, pass.Zone());
        pass.Additions<LedgerEntry>().Add(new LedgerEntry
        {
            Id = id,
            Tenant = account.Tenant,
            Incarnation = account.Incarnation,
            Amount = state.Amount,
            Wallet = state.Wallet,
            Campaign = campaign.Id,
            State = state.Id,
            At = entry.AcceptedAt,
            Expires = expires,
        });
        if (pass.Held<TenantTerms>().Of(account.Tenant) is not { WalletUrl: not null, WalletSecret: not null })
            return;
        pass.Additions<OutboxItem>().Add(new OutboxItem
        {
            Id = id,
            Tenant = account.Tenant,
            Kind = OutboxKind.Wallet,
            Receiver = OutboxItem.ReceiverOf(account.Tenant, OutboxKind.Wallet),
            Lane = OutboxItem.LaneOf(account.Tenant, OutboxKind.Wallet, account.Incarnation),
            Order = entry.Position,
            Account = account.Id,
            Incarnation = account.Incarnation,
            Campaign = campaign.Id,
            Body = JsonSerializer.Serialize(new BatchBody(state.Amount, expires), JsonSettings.Options),
            CreatedAt = entry.AcceptedAt,
            NextAt = entry.AcceptedAt,
        });
    }

    /// <summary>What an entry has done to wallets otherwise, so that the ledger always adds up to the balance.</summary>
    public static void AfterEntry(Pass pass)
    {
        var accounts = pass.Documents<Account>();
        var ledger = pass.Additions<LedgerEntry>();
        foreach (var key in accounts.ChangedByEntry.ToArray())
        {
            if (accounts.Find(key) is not { IsErased: false } account)
                continue;
            var before = accounts.BeforeEntry(key) is { IsErased: false } known ? known.Counter("wallet") : 0;
            var booked = ledger.All.TakeLast(ledger.AddedByEntry).Where(entry => entry.Incarnation == account.Incarnation).Sum(entry => entry.Amount);
            if (account.Counter("wallet") - before - booked is not 0m and var rest)
                ledger.Add(new LedgerEntry
                {
                    Id = CauseId.Of(account.Incarnation, "event", pass.Entry.Id),
                    Tenant = account.Tenant,
                    Incarnation = account.Incarnation,
                    Amount = rest,
                    Wallet = pass.Entry.Kind == "WALLET" ? pass.Entry.Read<WalletEvent>().Wallet : null,
                    At = pass.Entry.AcceptedAt,
                });
        }
    }
}
