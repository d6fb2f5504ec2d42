using System.Text.Json;
using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns.Contracts;
using Loyalty.Outbox;
using Loyalty.Web;
using MediatR;

namespace Loyalty.Campaigns;

/// <summary>A wallet was booked into: what campaigns gave counts in their figures, and the tenant's outside wallet, where there is one, is told.</summary>
internal sealed class OnWalletMoved : INotificationHandler<WalletMoved>
{
    /// <param name="Amount">Negative where a credit is taken back.</param>
    /// <param name="Expires">Absent: the credit does not expire.</param>
    public sealed record BatchBody(decimal Amount, DateTimeOffset? Expires);

    public async Task Handle(WalletMoved notification, CancellationToken cancellationToken)
    {
        var (pass, account, id, kind, parts) = notification;
        if (FactOf(kind) is not var (fact, sign))
            return;
        foreach (var (lot, amount) in parts.Where(part => part.Lot.Campaign is not null))
        {
            await pass.PublishAsync(new CampaignFact(pass, fact, lot.Campaign!, lot.State, account.Incarnation, sign * amount, pass.Now));
            if (kind is WalletMove.Credit or WalletMove.TakenBack)
                Tell(pass, account, id, lot, amount);
        }
    }

    /// <summary>The figure that a movement counts in, and with which sign. Note: what comes back was not spent after all.</summary>
    private static (CampaignFactKind Kind, int Sign)? FactOf(WalletMove kind) => kind switch
    {
        WalletMove.Credit => (CampaignFactKind.CreditGiven, 1),
        WalletMove.Debit or WalletMove.Return => (CampaignFactKind.CreditSpent, -1),
        WalletMove.Expiry => (CampaignFactKind.CreditExpired, -1),
        WalletMove.TakenBack => (CampaignFactKind.CreditTakenBack, -1),
        _ => null,
    };

    private static void Tell(Pass pass, Account account, string id, WalletLot lot, decimal amount)
    {
        if (pass.CampaignSettings() is { WalletUrl: not null, WalletSecret: not null })
            pass.Send(OutboxItem.Of(
                pass, id, WalletChannel.ChannelName, account.Id, account.Incarnation, JsonSerializer.Serialize(new BatchBody(amount, lot.Ends), JsonSettings.Options)) with
            {
                About = PushChannel.About(lot.Campaign!, null),
            });
    }
}
