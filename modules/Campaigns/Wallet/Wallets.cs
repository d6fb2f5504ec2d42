using System.Text.Json;
using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using Loyalty.Outbox;
using Loyalty.Web;

namespace Loyalty.Campaigns;

/// <summary>Books what changes a wallet, and hands credits over to the tenant's outside wallet where there is one.</summary>
internal sealed class Wallets : IAfterEntry
{
    /// <param name="Expires">Absent: the credit does not expire.</param>
    public sealed record BatchBody(decimal Amount, DateTimeOffset? Expires);

    /// <summary>A campaign's credit. Its balance is in the account already.</summary>
    public static void Credit(Pass pass, Account account, Campaign campaign, WalkEffect.CreditWallet credit)
    {
        var state = credit.State;
        var id = CauseId.Of(account.Incarnation, "credit", pass.Entry.Id, campaign.Id, $"{credit.Step}");
        var expires = Validity.After(pass.Now, state.ValidFor, pass.Zone());
        pass.Additions<LedgerEntry>().Add(new LedgerEntry
        {
            Id = id,
            Tenant = account.Tenant,
            Incarnation = account.Incarnation,
            Amount = state.Amount,
            Wallet = state.Wallet,
            Campaign = campaign.Id,
            State = state.Id,
            At = pass.Now,
            Expires = expires,
        });
        if (pass.CampaignSettings() is { WalletUrl: not null, WalletSecret: not null })
            pass.Send(OutboxItem.Of(
                pass, id, WalletChannel.ChannelName, account.Id, account.Incarnation, JsonSerializer.Serialize(new BatchBody(state.Amount, expires), JsonSettings.Options)) with
            {
                About = PushChannel.About(campaign.Id, null),
            });
    }

    /// <summary>What an entry has done to wallets otherwise, so that the ledger always adds up to the balance.</summary>
    public Task AfterEntryAsync(Pass pass)
    {
        var accounts = pass.Documents<Account>();
        var ledger = pass.Additions<LedgerEntry>();
        foreach (var key in accounts.ChangedByEntry.ToArray())
        {
            if (pass.AccountOf(key) is not { } account)
                continue;
            var before = accounts.BeforeEntry(key) is { IsErased: false } known ? known.Counter("wallet") : 0;
            var booked = ledger.ByEntry.Where(entry => entry.Incarnation == account.Incarnation).Sum(entry => entry.Amount);
            if (account.Counter("wallet") - before - booked is not 0m and var rest)
                ledger.Add(new LedgerEntry
                {
                    Id = CauseId.Of(account.Incarnation, "event", pass.Entry.Id),
                    Tenant = account.Tenant,
                    Incarnation = account.Incarnation,
                    Amount = rest,
                    Wallet = pass.Entry.As<WalletEvent>()?.Wallet,
                    At = pass.Now,
                });
        }
        return Task.CompletedTask;
    }
}
