using MongoDB.Driver;

namespace Loyalty.Outbox;

/// <summary>What is on its way out. Every change is conditional on what was read, so any number of hosts may work on it.</summary>
internal sealed class OutboxStore(IMongoDatabase database, OutboxOptions options, OutboxSignal signal, TimeProvider time) : IOutbox
{
    public const string Name = "outbox.items";

    private static readonly FilterDefinitionBuilder<OutboxItem> Filter = Builders<OutboxItem>.Filter;
    private static readonly UpdateDefinitionBuilder<OutboxItem> Update = Builders<OutboxItem>.Update;

    private readonly IMongoCollection<OutboxItem> collection = database.GetCollection<OutboxItem>(Name);
    private readonly string holder = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // Which receivers have something to come, and what of one is due: every poll of every host.
        new(Builders<OutboxItem>.IndexKeys.Ascending(item => item.Status).Ascending(item => item.Receiver).Ascending(item => item.NextAt)),
        // What comes first of those for one subject.
        new(Builders<OutboxItem>.IndexKeys.Ascending(item => item.Lane).Ascending(item => item.Status).Ascending(item => item.Order)),
        // The operator's list, newest first.
        new(Builders<OutboxItem>.IndexKeys.Ascending(item => item.Tenant).Ascending(item => item.Status).Descending(item => item.CreatedAt)),
        new(Builders<OutboxItem>.IndexKeys.Ascending(item => item.Tenant).Descending(item => item.CreatedAt)),
        // All of one subject, when it is erased.
        new(Builders<OutboxItem>.IndexKeys.Ascending(item => item.Incarnation)),
        // Forgetting what is settled.
        new(Builders<OutboxItem>.IndexKeys.Ascending(item => item.ExpireAt), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }),
    ], cancellationToken);

    /// <summary>Note: one look into the index for each, however much is waiting, so that a receiver with a million does not hide the others.</summary>
    public async Task<IReadOnlyList<string>> ReceiversAsync(CancellationToken cancellationToken)
    {
        var receivers = new List<string>();
        while (true)
        {
            var after = receivers.Count == 0 ? "" : receivers[^1];
            var next = await collection.Find(item => item.Status == OutboxStatus.Pending && item.Receiver.CompareTo(after) > 0)
                .SortBy(item => item.Receiver).Limit(1).Project(item => item.Receiver).FirstOrDefaultAsync(cancellationToken);
            if (next is null)
                return receivers;
            receivers.Add(next);
        }
    }

    public async Task<IReadOnlyList<OutboxItem>> DueAsync(string receiver, int limit, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await collection.Find(item => item.Status == OutboxStatus.Pending && item.Receiver == receiver && item.NextAt <= now)
            .SortBy(item => item.NextAt).Limit(limit).ToListAsync(cancellationToken);
    }

    /// <summary>All that is pending in these lanes, each lane in its order; without the bodies.</summary>
    public async Task<ILookup<string, OutboxItem>> LanesAsync(IEnumerable<string> lanes, CancellationToken cancellationToken)
    {
        var pending = await collection.Find(Filter.In(item => item.Lane, lanes) & Filter.Eq(item => item.Status, OutboxStatus.Pending))
            .SortBy(item => item.Lane).ThenBy(item => item.Order).ThenBy(item => item.Id).ToListAsync(cancellationToken);
        return pending.ToLookup(item => item.Lane);
    }

    /// <summary>Takes an item for this host; null if another was faster or it is settled.</summary>
    public async Task<OutboxItem?> ClaimAsync(OutboxItem item)
    {
        var claimed = item with { NextAt = time.GetUtcNow() + options.Lease, Holder = holder, Attempts = item.Attempts + 1 };
        var result = await collection.UpdateOneAsync(
            known => known.Id == item.Id && known.Status == OutboxStatus.Pending && known.NextAt == item.NextAt,
            Update.Set(known => known.NextAt, claimed.NextAt).Set(known => known.Holder, holder).Set(known => known.Attempts, claimed.Attempts));
        return result.MatchedCount == 1 ? claimed : null;
    }

    /// <summary>Lets an item wait for an earlier one of its lane.</summary>
    public Task DeferAsync(OutboxItem item, DateTimeOffset until) => collection.UpdateOneAsync(
        known => known.Id == item.Id && known.Status == OutboxStatus.Pending && known.NextAt == item.NextAt, Update.Set(known => known.NextAt, until));

    /// <summary>Note: that it arrived stays true whoever holds it by now.</summary>
    public Task DeliveredAsync(OutboxItem item, int status) => SettleAsync(
        Filter.Where(known => known.Id == item.Id && known.Status == OutboxStatus.Pending), OutboxStatus.Delivered, "Delivered.", status);

    public Task EndAsync(OutboxItem item, OutboxStatus status, string why, int? answer = null) => SettleAsync(Mine(item), status, why, answer);

    public Task RetryAsync(OutboxItem item, DateTimeOffset at, string why, int? answer) => collection.UpdateOneAsync(Mine(item), Update
        .Set(known => known.NextAt, at).Unset(known => known.Holder).Set(known => known.LastAt, time.GetUtcNow()).Set(known => known.LastStatus, answer)
        .Set(known => known.Why, why));

    public async Task<OutboxItem?> FindAsync(string tenant, string id, CancellationToken cancellationToken) =>
        await collection.Find(item => item.Id == id && item.Tenant == tenant).FirstOrDefaultAsync(cancellationToken);

    public async Task<IReadOnlyList<OutboxItem>> ListAsync(string tenant, OutboxStatus? status, int limit, CancellationToken cancellationToken)
    {
        var filter = Filter.Eq(item => item.Tenant, tenant);
        if (status is { } wanted)
            filter &= Filter.Eq(item => item.Status, wanted);
        return await collection.Find(filter).SortByDescending(item => item.CreatedAt).Limit(limit).ToListAsync(cancellationToken);
    }

    /// <summary>Tries a dead letter again, from the beginning and whatever the hour; false if it is none any more.</summary>
    public async Task<bool> ResendAsync(string id, CancellationToken cancellationToken)
    {
        var result = await collection.UpdateOneAsync(
            item => item.Id == id && item.Status == OutboxStatus.Dead,
            Update.Set(item => item.Status, OutboxStatus.Pending).Set(item => item.NextAt, time.GetUtcNow()).Set(item => item.Attempts, 0)
                .Unset(item => item.Until).Unset(item => item.Holder).Unset(item => item.ExpireAt), cancellationToken: cancellationToken);
        signal.Raise();
        return result.MatchedCount == 1;
    }

    private FilterDefinition<OutboxItem> Mine(OutboxItem item) => Filter.Where(known =>
        known.Id == item.Id && known.Status == OutboxStatus.Pending && known.Holder == holder && known.Attempts == item.Attempts);

    private async Task SettleAsync(FilterDefinition<OutboxItem> which, OutboxStatus status, string why, int? answer)
    {
        var now = time.GetUtcNow();
        await collection.UpdateOneAsync(which, Update.Set(item => item.Status, status).Set(item => item.LastAt, now).Set(item => item.LastStatus, answer)
            .Set(item => item.Why, why).Set(item => item.ExpireAt, now + options.Retention).Unset(item => item.NextAt).Unset(item => item.Holder));
    }
}
