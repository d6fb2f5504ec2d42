using Loyalty.Events.Contracts;

namespace Loyalty.Campaigns;

/// <summary>The kinds of entries that concern campaigns, and what they carry.</summary>
internal static class CampaignEntries
{
    public const string Save = "campaign.save";
    public const string Initialize = "campaign.initialize";
    public const string Enrol = "campaign.enrol";
    public const string Message = "campaign.message";

    public sealed record SaveBody(CampaignDefinition Definition, long? ExpectedVersion);

    public sealed record InitializeBody(string Campaign, string By);

    public sealed record EnrolBody(string Campaign, string? After);

    public sealed record MemberBody(string Campaign);

    /// <summary>The key of the campaign that an entry names; null for entries of other kinds.</summary>
    public static string? CampaignOf(Entry entry) => entry.Kind switch
    {
        Save => Key.Of(entry.Tenant, entry.Read<SaveBody>().Definition.Id),
        Initialize => Key.Of(entry.Tenant, entry.Read<InitializeBody>().Campaign),
        Enrol => Key.Of(entry.Tenant, entry.Read<EnrolBody>().Campaign),
        Message => Key.Of(entry.Tenant, entry.Read<MemberBody>().Campaign),
        _ => null,
    };
}
