using Loyalty.Events.Contracts;
using MediatR;

namespace Loyalty.Campaigns;

/// <summary>Decides the entries that concern campaigns themselves, and what members report about them.</summary>
internal sealed class OnEventHappened(IMediator mediator) : INotificationHandler<EventHappened>
{
    public Task Handle(EventHappened notification, CancellationToken cancellationToken)
    {
        var (pass, entry) = notification;
        return entry.Kind switch
        {
            CampaignEntries.Save => Now(() => SaveCampaign.Decide(pass, entry, entry.Read<CampaignEntries.SaveBody>())),
            CampaignEntries.Previewed => Now(() => PreviewCampaign.Decide(pass, entry, entry.Read<CampaignEntries.PreviewedBody>())),
            CampaignEntries.Initialize => Now(() => InitializeCampaign.Decide(pass, entry, entry.Read<CampaignEntries.InitializeBody>())),
            CampaignEntries.Start => Now(() => InitializeCampaign.Start(pass, entry)),
            CampaignEntries.Enrol => InitializeCampaign.EnrolAsync(pass, entry, entry.Read<CampaignEntries.ChainBody>(), mediator),
            CampaignEntries.Birthday => EnrolBirthdays.DecideAsync(pass, entry, entry.Read<CampaignEntries.BirthdayBody>(), mediator),
            CampaignEntries.Finalize => Now(() => FinalizeCampaign.Decide(pass, entry, entry.Read<CampaignEntries.CampaignBody>())),
            CampaignEntries.Close => FinalizeCampaign.CloseAsync(pass, entry, entry.Read<CampaignEntries.ChainBody>(), mediator),
            CampaignEntries.Delete => Now(() => DeleteCampaign.Decide(pass, entry, entry.Read<CampaignEntries.CampaignBody>())),
            CampaignEntries.Purge => Now(() => DeleteCampaign.Purge(pass, entry, entry.Read<CampaignEntries.ChainBody>())),
            CampaignEntries.Message or CampaignEntries.Coupon => ReportReceived.DecideAsync(pass, entry, entry.Read<CampaignEntries.CampaignBody>().Campaign, mediator),
            CampaignEntries.CouponExpired => CouponExpiry.DecideAsync(pass, entry, entry.Read<CampaignEntries.CouponBody>(), mediator),
            CampaignEntries.Push => Now(() => RegisterPush.Decide(pass, entry, entry.Read<CampaignEntries.PushBody>())),
            CampaignEntries.PushClick => ClickPush.DecideAsync(pass, entry, entry.Read<CampaignEntries.PushBody>(), mediator),
            _ => Task.CompletedTask,
        };
    }

    private static Task Now(Action decide)
    {
        decide();
        return Task.CompletedTask;
    }
}
