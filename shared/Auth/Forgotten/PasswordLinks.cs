using System.Security.Cryptography;
using System.Text;
using MongoDB.Driver;

namespace Loyalty.Auth;

/// <summary>The links that are out. The store alone lets nobody in: it keeps their hashes.</summary>
internal sealed class PasswordLinks(IMongoDatabase database, TimeProvider time)
{
    private const int AtOnce = 3;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private readonly IMongoCollection<PasswordLink> links = database.GetCollection<PasswordLink>("auth.passwordLinks");

    public Task CreateIndexesAsync(CancellationToken cancellation) => links.Indexes.CreateManyAsync(
    [
        // All of one person: how many are out, and to end them.
        new(Builders<PasswordLink>.IndexKeys.Ascending(link => link.PersonId)),
        new(Builders<PasswordLink>.IndexKeys.Ascending(link => link.ExpireAt), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }),
    ], cancellation);

    /// <returns>What the link holds; null when that person has enough of them.</returns>
    public async Task<(string Secret, DateTimeOffset ExpiresAt)?> TryMakeAsync(Person person, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (await links.CountDocumentsAsync(link => link.PersonId == person.Id && link.ExpireAt > now, cancellationToken: cancellation) >= AtOnce)
            return null;
        var secret = Passwords.GenerateSecret();
        await links.InsertOneAsync(new PasswordLink(IdOf(secret), person.Tenant, person.Id, now + Lifetime), cancellationToken: cancellation);
        return (secret, now + Lifetime);
    }

    public async Task<PasswordLink?> FindAsync(string secret, CancellationToken cancellation)
    {
        var (id, now) = (IdOf(secret), time.GetUtcNow());
        return await links.Find(link => link.Id == id && link.ExpireAt > now).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Uses a link up, unless somebody else was faster.</summary>
    public async Task<bool> UseAsync(PasswordLink link, CancellationToken cancellation) =>
        (await links.DeleteOneAsync(known => known.Id == link.Id, cancellation)).DeletedCount > 0;

    public Task EndAllOfAsync(string personId, CancellationToken cancellation) => links.DeleteManyAsync(link => link.PersonId == personId, cancellation);

    public Task EndAllInAsync(string tenant, CancellationToken cancellation) => links.DeleteManyAsync(link => link.Tenant == tenant, cancellation);

    private static string IdOf(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
