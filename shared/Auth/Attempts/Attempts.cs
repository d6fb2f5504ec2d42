using System.Net;
using System.Security.Cryptography;
using System.Text;
using MongoDB.Driver;

namespace Loyalty.Auth;

/// <summary>
/// Lock-out after repeated failures, of people and of clients. Every attempt is counted before the secret is looked at, so that a thousand
/// at once are a thousand. Nobody keeps the right one out from elsewhere: an address from which this login lately succeeded is counted by
/// itself, and any other has its first two tries whatever others did. It works the same for logins that do not exist.
/// </summary>
internal sealed class Attempts(IMongoDatabase database, TimeProvider time)
{
    private const int Tries = 20;
    private const int OwnTries = 2;
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(24);
    private static readonly TimeSpan Known = TimeSpan.FromDays(90);

    private readonly IMongoCollection<Attempt> attempts = database.GetCollection<Attempt>("auth.attempts");

    public Task CreateIndexesAsync(CancellationToken cancellation) => attempts.Indexes.CreateManyAsync(
    [
        // A day after the last failure nothing is held against anybody; a good address is known for 90 days.
        new(Builders<Attempt>.IndexKeys.Ascending(attempt => attempt.ExpireAt), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }),
    ], cancellation);

    /// <returns>How long to wait; null when the attempt may be made.</returns>
    public async Task<TimeSpan?> TryAsync(string login, IPAddress? address, CancellationToken cancellation)
    {
        var (pair, all, from, known) = (PairOf(login, address), OfLogin(login), OfAddress(address), KnownOf(login, address));
        var found = await FindAsync([pair, all, from, known], cancellation);
        var isKnown = found.ContainsKey(known);
        var hasOwnTries = (found.GetValueOrDefault(pair)?.Count ?? 0) < OwnTries;
        string[] asked = isKnown ? [pair] : hasOwnTries ? [pair, from] : [pair, from, all];
        if (LongestWait(asked, found) is { } wait)
            return wait;
        if (await CountAsync(pair, BackOff.Pair, cancellation) is { } afterPair)
            return afterPair;
        if (isKnown)
            return null;
        if (await CountAsync(from, BackOff.Address, cancellation) is { } afterAddress)
            return afterAddress;
        var afterAll = await CountAsync(all, BackOff.Login, cancellation);
        return hasOwnTries ? null : afterAll;
    }

    /// <summary>How long this login from this address has to wait at the moment, without counting anything.</summary>
    public async Task<TimeSpan?> WaitAsync(string login, IPAddress? address, CancellationToken cancellation)
    {
        var pair = PairOf(login, address);
        return LongestWait([pair], await FindAsync([pair], cancellation));
    }

    /// <summary>Forgets what was held against this login from here, remembers the address, and takes this one attempt off it.</summary>
    public async Task SucceededAsync(string login, IPAddress? address, CancellationToken cancellation)
    {
        var (pair, from, known) = (PairOf(login, address), OfAddress(address), KnownOf(login, address));
        var now = time.GetUtcNow();
        await attempts.ReplaceOneAsync(
            attempt => attempt.Id == known, new Attempt(known, 0, now, now + Known), new ReplaceOptions { IsUpsert = true }, cancellation);
        await attempts.DeleteOneAsync(attempt => attempt.Id == pair, cancellation);
        await attempts.UpdateOneAsync(attempt => attempt.Id == from && attempt.Count > 0,
            Builders<Attempt>.Update.Inc(attempt => attempt.Count, -1).Set(attempt => attempt.Next, now), cancellationToken: cancellation);
    }

    /// <summary>After an administrator has set a new password; attempts from single addresses run out by themselves.</summary>
    public async Task ForgetLoginAsync(string login, CancellationToken cancellation)
    {
        var id = OfLogin(login);
        await attempts.DeleteOneAsync(attempt => attempt.Id == id, cancellation);
        await DeleteFromAsync($"{id} from ", cancellation);
    }

    /// <summary>After the login itself is gone: the addresses it came from, too.</summary>
    public async Task EraseLoginAsync(string login, CancellationToken cancellation)
    {
        await ForgetLoginAsync(login, cancellation);
        await DeleteFromAsync($"known {OfLogin(login)} from ", cancellation);
    }

    private Task<DeleteResult> DeleteFromAsync(string prefix, CancellationToken cancellation) => attempts.DeleteManyAsync(
        attempt => attempt.Id.CompareTo(prefix) >= 0 && attempt.Id.CompareTo(prefix + "\uffff") < 0, cancellation);

    private async Task<Dictionary<string, Attempt>> FindAsync(string[] ids, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var found = await attempts.Find(Builders<Attempt>.Filter.In(attempt => attempt.Id, ids)).ToListAsync(cancellation);
        // Note: what has run out may lie there for a minute more.
        return found.Where(attempt => attempt.ExpireAt > now).ToDictionary(attempt => attempt.Id);
    }

    private TimeSpan? LongestWait(IEnumerable<string> ids, Dictionary<string, Attempt> found)
    {
        var until = ids.Select(id => found.GetValueOrDefault(id)?.Next).Max();
        var wait = until - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : null;
    }

    private async Task<TimeSpan?> CountAsync(string id, BackOff backOff, CancellationToken cancellation)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var now = time.GetUtcNow();
            var known = await attempts.Find(attempt => attempt.Id == id).FirstOrDefaultAsync(cancellation);
            if (known is not null && known.Next > now)
                return known.Next - now;
            var count = (known?.Count ?? 0) + 1;
            if (await SaveAsync(known, new Attempt(id, count, now + backOff.After(count), now + Remembered), cancellation))
                return null;
        }
        return backOff.First;
    }

    /// <returns>False when another attempt was counted in between.</returns>
    private async Task<bool> SaveAsync(Attempt? known, Attempt next, CancellationToken cancellation)
    {
        if (known is not null)
            return (await attempts.ReplaceOneAsync(attempt => attempt.Id == known.Id && attempt.Count == known.Count, next, cancellationToken: cancellation)).MatchedCount > 0;
        try
        {
            await attempts.InsertOneAsync(next, cancellationToken: cancellation);
            return true;
        }
        catch (MongoWriteException error) when (error.WriteError.Category == ServerErrorCategory.DuplicateKey)
        {
            return false;
        }
    }

    private static string KnownOf(string login, IPAddress? address) => $"known {PairOf(login, address)}";

    private static string PairOf(string login, IPAddress? address) => $"{OfLogin(login)} from {Network.Of(address)}";

    /// <summary>Note: hashed, because people type passwords into login fields.</summary>
    private static string OfLogin(string login) => $"login {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(login)))}";

    private static string OfAddress(IPAddress? address) => $"address {Network.Of(address)}";
}
