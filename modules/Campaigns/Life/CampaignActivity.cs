using Loyalty.Events.Contracts;

namespace Loyalty.Campaigns;

internal enum CampaignStep
{
    Start,
    EnrolBirthdays,
    End,
    Remove,
}

/// <summary>What time brings about in the life of a campaign: its start, birthdays, its end.</summary>
internal sealed class CampaignActivity(CampaignStore store) : IDue
{
    public const string Source = "campaigns.activity";

    /// <summary>Note: whoever deletes a campaign has its removal begun himself; this is for when he died in between.</summary>
    private static readonly TimeSpan RemoveAfter = TimeSpan.FromMinutes(1);

    public string Name => Source;

    public async Task<IReadOnlyList<DueItem>> NextAsync(string? tenant, int limit, CancellationToken cancellationToken) =>
        [.. (await store.NextDueAsync(tenant, limit, cancellationToken)).Select(Item).OfType<DueItem>()];

    /// <summary>The next step that time brings about, if any. Pure.</summary>
    public static (CampaignStep Step, DateTimeOffset At)? NextStep(Campaign campaign) => campaign switch
    {
        { Status: CampaignStatus.Scheduled, Definition.ActiveFrom: { } from } => (CampaignStep.Start, from),
        { Status: CampaignStatus.Running, Birthday: { } birthday } when !(campaign.Definition.ActiveTo <= birthday.At) => (CampaignStep.EnrolBirthdays, birthday.At),
        { Status: CampaignStatus.Initializing or CampaignStatus.Running, Definition.ActiveTo: { } to } => (CampaignStep.End, to),
        { Status: CampaignStatus.Deleted, DeletedAt: { } deleted, ExpireAt: null } => (CampaignStep.Remove, deleted + RemoveAfter),
        _ => null,
    };

    private static DueItem? Item(Campaign campaign)
    {
        if (NextStep(campaign) is not var (step, at))
            return null;
        var body = new CampaignEntries.CampaignBody(campaign.Id);
        var life = campaign.InitializedAt?.ToUnixTimeMilliseconds() ?? 0;
        return step switch
        {
            CampaignStep.Start => new DueItem(at, $"Campaign {campaign.Id} starts.", Entry($"start:{campaign.Id}:{campaign.LastPass}", CampaignEntries.Start, body)),
            CampaignStep.EnrolBirthdays => new DueItem(at, $"Campaign {campaign.Id} enrols the birthdays of {campaign.Birthday!.Day:yyyy-MM-dd}.",
                EnrolBirthdays.Next(campaign.Tenant, at, new CampaignEntries.BirthdayBody(campaign.Id, $"{campaign.Id}:{life}", campaign.Birthday.Day, 0))),
            CampaignStep.End => new DueItem(at, $"Campaign {campaign.Id} ends.", Entry($"end:{campaign.Id}:{campaign.LastPass}", CampaignEntries.Finalize, body)),
            _ => new DueItem(at, $"What is left of campaign {campaign.Id} is removed.", DeleteCampaign.Purge(campaign)),
        };

        NewEntry Entry<T>(string id, string kind, T content) => NewEntry.Internal(campaign.Tenant, id, kind, null, at, content);
    }
}
