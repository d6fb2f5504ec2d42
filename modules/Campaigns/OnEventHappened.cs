using Loyalty.Events.Contracts;
using MediatR;

namespace Loyalty.Campaigns;

/// <summary>Decides the entries that concern campaigns themselves, and what members report about them.</summary>
internal sealed class OnEventHappened(IMediator mediator) : INotificationHandler<EventHappened>
{
    public async Task Handle(EventHappened notification, CancellationToken cancellationToken)
    {
        var (pass, entry) = notification;
        switch (entry.Kind)
        {
            case CampaignEntries.Save:
                var body = entry.Read<CampaignEntries.SaveBody>();
                var campaigns = pass.Documents<Campaign>();
                campaigns.Put(SaveCampaign.Decide(campaigns.Find(Key.Of(entry.Tenant, body.Definition.Id)), entry.Tenant, body));
                break;
            case CampaignEntries.Initialize:
                InitializeCampaign.Decide(pass, entry, entry.Read<CampaignEntries.InitializeBody>());
                break;
            case CampaignEntries.Enrol:
                await InitializeCampaign.DecideAsync(pass, entry, entry.Read<CampaignEntries.EnrolBody>(), mediator);
                break;
            case CampaignEntries.Message:
                await ReceiveMessage.DecideAsync(pass, entry, entry.Read<CampaignEntries.MemberBody>().Campaign, mediator);
                break;
        }
    }
}
