using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns.Contracts;
using MediatR;

namespace Loyalty.Stats;

/// <summary>Records what statistics count of campaigns.</summary>
internal sealed class OnCampaignFact : INotificationHandler<CampaignFact>
{
    public Task Handle(CampaignFact notification, CancellationToken cancellationToken)
    {
        var pass = notification.Pass;
        var facts = pass.Additions<Fact>();
        facts.Add(new Fact
        {
            Id = pass.NewId(),
            Tenant = pass.Entry.Tenant,
            Campaign = notification.Campaign,
            Kind = notification.Kind,
            State = notification.State,
            Incarnation = notification.Incarnation,
            Amount = notification.Amount,
            At = notification.At,
            Day = pass.Zone().DayOf(notification.At),
        });
        return Task.CompletedTask;
    }
}
