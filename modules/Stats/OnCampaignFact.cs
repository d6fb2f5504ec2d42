using System.Security.Cryptography;
using System.Text;
using Loyalty.Campaigns.Contracts;
using Loyalty.Events.Contracts;
using MediatR;

namespace Loyalty.Stats;

/// <summary>Records what statistics count. A fact's id follows from its cause, so a repeat is a duplicate key.</summary>
internal sealed class OnCampaignFact : INotificationHandler<CampaignFact>
{
    public Task Handle(CampaignFact notification, CancellationToken cancellationToken)
    {
        var facts = notification.Pass.Additions<Fact>();
        facts.Add(new Fact
        {
            Id = IdOf(notification.Pass.Entry, facts.AddedByEntry),
            Tenant = notification.Pass.Entry.Tenant,
            Campaign = notification.Campaign,
            Kind = notification.Kind,
            State = notification.State,
            Incarnation = notification.Incarnation,
            Amount = notification.Amount,
            At = notification.At,
        });
        return Task.CompletedTask;
    }

    /// <summary>Note: a hash, because entry ids may name people.</summary>
    private static string IdOf(Entry entry, int number) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{entry.Id}@{entry.Position}#{number}")), 0, 16);
}
