using System.Security.Cryptography;
using MongoDB.Driver;

namespace Loyalty.Auth;

/// <summary>The keys, in the store, so that tokens survive a restart and are good on every host.</summary>
internal sealed class KeyStore(IMongoDatabase database, KeySeal seal, TimeProvider time)
{
    private readonly IMongoCollection<StoredKey> keys = database.GetCollection<StoredKey>("auth.keys");

    public async Task<IReadOnlyList<StoredKey>> ListAsync(CancellationToken cancellation)
    {
        var stored = await keys.Find(FilterDefinition<StoredKey>.Empty).ToListAsync(cancellation);
        return [.. stored.Select(seal.Open)];
    }

    /// <summary>Makes a key of that number, unless another host was faster.</summary>
    public async Task<bool> TryCreateAsync(KeyUse use, int number, TimeSpan until, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var key = new StoredKey
        {
            Id = StoredKey.IdOf(use, number),
            Use = use,
            Number = number,
            Created = now,
            UsedFrom = now + until,
            Material = use == KeyUse.Signing ? NewSigningKey() : RandomNumberGenerator.GetBytes(32),
        };
        try
        {
            await keys.InsertOneAsync(seal.Close(key), cancellationToken: cancellation);
            return true;
        }
        catch (MongoWriteException error) when (error.WriteError.Category == ServerErrorCategory.DuplicateKey)
        {
            return false;
        }
    }

    /// <summary>Encrypts what was stored before there was a secret.</summary>
    public async Task SealAllAsync(CancellationToken cancellation)
    {
        if (!seal.Closes)
            return;
        foreach (var key in await keys.Find(key => !key.Sealed).ToListAsync(cancellation))
            await keys.ReplaceOneAsync(stored => stored.Id == key.Id && !stored.Sealed, seal.Close(key), cancellationToken: cancellation);
    }

    public Task DeleteAsync(string id, CancellationToken cancellation) => keys.DeleteOneAsync(key => key.Id == id, cancellation);

    private static byte[] NewSigningKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKey();
    }
}
