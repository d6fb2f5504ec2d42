using System.Net;
using System.Security.Cryptography;
using System.Text;
using MongoDB.Driver;

namespace Loyalty.Auth;

/// <summary>
/// Lock-out after repeated failures. Every attempt is counted before the password is looked at, so that a thousand at
/// once are a thousand; the right password forgets the count. It works the same for logins that do not exist.
/// </summary>
internal sealed class Attempts(IMongoDatabase database, TimeProvider time)
{
    private const int Tries = 20;
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(24);

    private readonly IMongoCollection<Attempt> attempts = database.GetCollection<Attempt>("auth.attempts");

    public Task CreateIndexesAsync(CancellationToken cancellation) => attempts.Indexes.CreateManyAsync(
    [
        // A day after the last failure nothing is held against anybody.
        new(Builders<Attempt>.IndexKeys.Ascending(attempt => attempt.ExpireAt), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }),
    ], cancellation);

    /// <returns>How long to wait; null when the attempt may be made.</returns>
    public async Task<TimeSpan?> TryAsync(string login, IPAddress? address, CancellationToken cancellation)
    {
        foreach (var (id, backOff) in new[] { (PairOf(login, address), BackOff.Pair), (OfLogin(login), BackOff.Login), (OfAddress(address), BackOff.Address) })
            if (await CountAsync(id, backOff, cancellation) is { } wait)
                return wait;
        return null;
    }

    /// <summary>Forgets what was held against the login, and takes this one attempt off the address.</summary>
    public async Task SucceededAsync(string login, IPAddress? address, CancellationToken cancellation)
    {
        var from = OfAddress(address);
        await attempts.DeleteManyAsync(Builders<Attempt>.Filter.In(attempt => attempt.Id, [PairOf(login, address), OfLogin(login)]), cancellation);
        await attempts.UpdateOneAsync(attempt => attempt.Id == from && attempt.Count > 0,
            Builders<Attempt>.Update.Inc(attempt => attempt.Count, -1).Set(attempt => attempt.Next, time.GetUtcNow()), cancellationToken: cancellation);
    }

    /// <summary>After an administrator has set a new password; attempts from single addresses run out by themselves.</summary>
    public Task ForgetLoginAsync(string login, CancellationToken cancellation)
    {
        var (id, pairs) = (OfLogin(login), $"{OfLogin(login)} from ");
        return attempts.DeleteManyAsync(attempt => attempt.Id == id || (attempt.Id.CompareTo(pairs) >= 0 && attempt.Id.CompareTo(pairs + "\uffff") < 0), cancellation);
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

    private static string PairOf(string login, IPAddress? address) => $"{OfLogin(login)} from {Network.Of(address)}";

    /// <summary>Note: hashed, because people type passwords into login fields.</summary>
    private static string OfLogin(string login) => $"login {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(login)))}";

    private static string OfAddress(IPAddress? address) => $"address {Network.Of(address)}";
}
