using MongoDB.Driver;

namespace Loyalty.Campaigns;

/// <summary>The notices, as passes have left them.</summary>
internal sealed class NoticeStore(IMongoDatabase database)
{
    public const string Name = "campaigns.notices";

    private static readonly FilterDefinitionBuilder<Notice> Filter = Builders<Notice>.Filter;

    private readonly IMongoCollection<Notice> collection = database.GetCollection<Notice>(Name);

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // All open ones of a tenant, or of one of its campaigns, 500 at a time, when its zone or the campaign changes.
        new(Builders<Notice>.IndexKeys.Ascending(notice => notice.Tenant).Ascending(notice => notice.Status).Ascending(notice => notice.Id)),
        // The operator's list of what was missed or dropped, newest first.
        new(Builders<Notice>.IndexKeys.Ascending(notice => notice.Tenant).Ascending(notice => notice.Status).Descending(notice => notice.SettledAt)),
        // All of one account, when it is erased.
        new(Builders<Notice>.IndexKeys.Ascending(notice => notice.Owner)),
        // Forgetting what is settled.
        new(Builders<Notice>.IndexKeys.Ascending(notice => notice.ExpireAt), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }),
    ], cancellationToken);

    /// <summary>The soonest that are due or will be.</summary>
    public async Task<IReadOnlyList<Notice>> NextAsync(string tenant, int limit, CancellationToken cancellationToken) =>
        await collection.Find(Filter.Eq(notice => notice.Tenant, tenant) & Filter.Gt(notice => notice.DueAt, DateTimeOffset.UnixEpoch))
            .SortBy(notice => notice.DueAt).Limit(limit).ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<string>> OpenAsync(string tenant, string? campaign, string? after, int limit, CancellationToken cancellationToken)
    {
        var filter = Filter.Eq(notice => notice.Tenant, tenant) & Filter.Eq(notice => notice.Status, NoticeStatus.Open) & Filter.Gt(notice => notice.Id, after ?? "");
        if (campaign is not null)
            filter &= Filter.Eq(notice => notice.Campaign, campaign);
        return await collection.Find(filter).SortBy(notice => notice.Id).Limit(limit).Project(notice => notice.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Those that are settled in this way, the last settled first.</summary>
    public async Task<IReadOnlyList<Notice>> SettledAsync(string tenant, NoticeStatus status, int limit, CancellationToken cancellationToken) =>
        await collection.Find(notice => notice.Tenant == tenant && notice.Status == status)
            .SortByDescending(notice => notice.SettledAt).Limit(limit).ToListAsync(cancellationToken);
}
