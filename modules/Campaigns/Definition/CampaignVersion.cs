using MongoDB.Bson.Serialization.Attributes;
using MongoDB.Driver;

namespace Loyalty.Campaigns;

/// <summary>A definition of a campaign that was saved, as stored in <c>campaigns.versions</c>.</summary>
internal sealed record CampaignVersion
{
    public const string Collection = "campaigns.versions";

    /// <summary>Names the campaign, its life and the version.</summary>
    [BsonId]
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>The name under which statistics count the campaign, so that one that is made again has versions of its own.</summary>
    public required string Campaign { get; init; }

    public required long Version { get; init; }

    public required CampaignDefinition Definition { get; init; }

    public required DateTimeOffset SavedAt { get; init; }

    /// <summary>Who saved it.</summary>
    public string? SavedBy { get; init; }

    public static CampaignVersion Of(Campaign campaign, Entry entry) => new()
    {
        Id = Key.Of(campaign.Tenant, campaign.FigureName, $"{campaign.Version}"),
        Tenant = campaign.Tenant,
        Campaign = campaign.FigureName,
        Version = campaign.Version,
        Definition = campaign.Definition,
        SavedAt = entry.AcceptedAt,
        SavedBy = entry.Sender?.Id,
    };
}

/// <summary>The saved definitions of campaigns. Passes insert them; nothing changes them.</summary>
internal sealed class VersionStore(IMongoDatabase database)
{
    private const int Most = 100;

    private readonly IMongoCollection<CampaignVersion> collection = database.GetCollection<CampaignVersion>(CampaignVersion.Collection);

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // A campaign's versions, the newest first.
        new(Builders<CampaignVersion>.IndexKeys.Ascending(saved => saved.Tenant).Ascending(saved => saved.Campaign).Descending(saved => saved.Version)),
    ], cancellationToken);

    public async Task<IReadOnlyList<CampaignVersion>> OfAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        var (tenant, name) = (campaign.Tenant, campaign.FigureName);
        return await collection.Find(saved => saved.Tenant == tenant && saved.Campaign == name)
            .SortByDescending(saved => saved.Version).Limit(Most).ToListAsync(cancellationToken);
    }

    public async Task<CampaignVersion?> FindAsync(Campaign campaign, long version, CancellationToken cancellationToken)
    {
        var id = Key.Of(campaign.Tenant, campaign.FigureName, $"{version}");
        return await collection.Find(saved => saved.Id == id).SingleOrDefaultAsync(cancellationToken);
    }
}
