using Loyalty.Accounts.Contracts;

namespace Loyalty.Campaigns;

/// <summary>The time of a scheduled campaign has come.</summary>
internal sealed class StartCampaign : EntryHandler<StartCampaign.Body>
{
    [EntryKind("campaign.start")]
    internal sealed record Body(string Campaign);

    /// <summary>Note: a birthday campaign enrols nobody at once, but on each day those whose birthday it is, from today on.</summary>
    public static void Start(Pass pass, Campaign campaign)
    {
        campaign = campaign with { LookedTo = pass.Now };
        if (campaign.Definition.Type == CampaignType.Standard)
        {
            pass.Put(campaign with { Status = CampaignStatus.Initializing });
            pass.Start(new EnrolMembers.Body(campaign.Id));
            return;
        }
        pass.Put(campaign with { Status = CampaignStatus.Running, Birthday = new BirthdayDue(pass.Zone().DayOf(pass.Now), pass.Now) });
    }

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Campaign(entry.Tenant, body.Campaign);

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        if (pass.StartedCampaign(entry.Tenant, body.Campaign) is { Status: CampaignStatus.Scheduled } campaign)
            Start(pass, campaign);
        return Task.CompletedTask;
    }
}
