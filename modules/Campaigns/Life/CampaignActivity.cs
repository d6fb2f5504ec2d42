namespace Loyalty.Campaigns;

internal enum CampaignStep
{
    Start,
    EnrolBirthdays,
    End,
}

/// <summary>What time brings about in the life of a campaign: its start, birthdays, its end. Pure.</summary>
internal static class CampaignActivity
{
    public const string Source = "campaigns.activity";

    /// <summary>The next step that time brings about, if any.</summary>
    public static (CampaignStep Step, DateTimeOffset At)? NextStep(Campaign campaign) => campaign switch
    {
        { Status: CampaignStatus.Scheduled, Definition.ActiveFrom: { } from } => (CampaignStep.Start, from),
        { Status: CampaignStatus.Running, IsPaused: false, Birthday: { } birthday } when !(campaign.Definition.ActiveTo <= birthday.At) => (CampaignStep.EnrolBirthdays, birthday.At),
        { Status: CampaignStatus.Initializing or CampaignStatus.Running, Definition.ActiveTo: { } to } => (CampaignStep.End, to),
        _ => null,
    };

    public static DueItem? ItemOf(Campaign campaign) => NextStep(campaign) switch
    {
        (CampaignStep.Start, var at) => new DueItem(campaign.Tenant, at, $"Campaign {campaign.Id} starts.", new StartCampaign.Body(campaign.Id)),
        (CampaignStep.EnrolBirthdays, var at) => new DueItem(campaign.Tenant, at, $"Campaign {campaign.Id} enrols the birthdays of {campaign.Birthday!.Day:yyyy-MM-dd}.",
            new BeginBirthdays.Body(campaign.Id, campaign.Birthday.Day)),
        (_, var at) => new DueItem(campaign.Tenant, at, $"Campaign {campaign.Id} ends.", new EndCampaign.Body(campaign.Id)),
        _ => null,
    };
}
