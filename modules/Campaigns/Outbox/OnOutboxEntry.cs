using Loyalty.Campaigns.Contracts;
using Loyalty.Events.Contracts;
using MediatR;

namespace Loyalty.Campaigns;

/// <summary>A push has arrived, and counts; or an erased account's last traces in the outbox go.</summary>
internal sealed class OnOutboxEntry(IMediator mediator) : INotificationHandler<EventHappened>
{
    public async Task Handle(EventHappened notification, CancellationToken cancellationToken)
    {
        var (pass, entry) = notification;
        switch (entry.Kind)
        {
            case OutboxEntries.Delivered:
                var (campaign, incarnation) = entry.Read<OutboxEntries.DeliveredBody>();
                await mediator.Publish(new CampaignFact(pass, CampaignFactKind.NotificationSent, campaign, null, incarnation, null, entry.At), cancellationToken);
                break;
            case OutboxEntries.Blank:
                BlankOutbox.Of(pass, entry.Read<OutboxEntries.BlankBody>().Incarnation);
                break;
        }
    }
}
