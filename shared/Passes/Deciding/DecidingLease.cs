using System.Diagnostics;
using MongoDB.Bson.Serialization.Attributes;
using MongoDB.Driver;

namespace Loyalty.Passes.Deciding;

/// <summary>
/// Says which host decides. It only saves hosts from working against each other: what makes a second decider harmless is
/// the number of the pass record.
/// </summary>
internal sealed class DecidingLease(IMongoDatabase database, TimeProvider time)
{
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    private const string Id = "decider/0";

    /// <summary>Note: each process works out for itself when another one began, and no two come to quite the same.</summary>
    private static readonly TimeSpan Imprecision = TimeSpan.FromSeconds(2);

    private readonly IMongoCollection<Document> collection = database.GetCollection<Document>("events.leases");

    public string Holder { get; } = $"{Environment.MachineName}/{Environment.ProcessId}/{Process.GetCurrentProcess().StartTime.ToUniversalTime().Ticks}/{Guid.NewGuid():N}";

    /// <summary>Takes or renews the lease: free, expired, ours, or held by a process of this machine that is no more.</summary>
    public async Task<bool> TryHoldAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var current = await collection.Find(lease => lease.Id == Id).FirstOrDefaultAsync(cancellationToken);
        if (current is not null && current.Holder != Holder && current.Until > now && !IsDead(current.Holder))
            return false;
        var mine = new Document { Id = Id, Holder = Holder, Until = now + Duration };
        try
        {
            if (current is null)
            {
                await collection.InsertOneAsync(mine, cancellationToken: cancellationToken);
                return true;
            }
            var replaced = await collection.ReplaceOneAsync(
                lease => lease.Id == Id && lease.Holder == current.Holder && lease.Until == current.Until, mine, cancellationToken: cancellationToken);
            return replaced.MatchedCount == 1;
        }
        catch (MongoWriteException error) when (error.WriteError.Category == ServerErrorCategory.DuplicateKey)
        {
            return false;
        }
    }

    public Task ReleaseAsync(CancellationToken cancellationToken) =>
        collection.DeleteOneAsync(lease => lease.Id == Id && lease.Holder == Holder, cancellationToken);

    private static bool IsDead(string holder)
    {
        var parts = holder.Split('/');
        if (parts.Length != 4 || parts[0] != Environment.MachineName || !int.TryParse(parts[1], out var process) || !long.TryParse(parts[2], out var began))
            return false;
        try
        {
            using var other = Process.GetProcessById(process);
            return other.HasExited || (other.StartTime.ToUniversalTime() - new DateTime(began, DateTimeKind.Utc)).Duration() > Imprecision;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    internal sealed record Document
    {
        [BsonId]
        public required string Id { get; init; }

        public required string Holder { get; init; }

        public required DateTimeOffset Until { get; init; }
    }
}
