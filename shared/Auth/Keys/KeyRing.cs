using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;

namespace Loyalty.Auth;

/// <summary>
/// The keys this host knows, the one to use first. OpenIddict reads them when it builds its options, and is told to
/// build them anew when the keys change.
/// </summary>
internal sealed class KeyRing(KeyStore store, KeySeal seal, IHostEnvironment environment, TimeProvider time, ILogger<KeyRing> log)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);
    private static readonly TimeSpan Announced = TimeSpan.FromMinutes(5);

    private volatile Keys current = new([], []);

    public ChangeSignal Server { get; } = new();

    public ChangeSignal Validation { get; } = new();

    /// <summary>Makes the first keys if there are none, and reads them.</summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        if (!seal.Closes && !environment.IsDevelopment())
            log.LogWarning("The signing keys are stored as they are: set Auth:KeyEncryptionSecret to have them encrypted");
        await store.SealAllAsync(cancellation);
        await ReloadAsync(cancellation);
        if (current.Signing.Count > 0 && current.Encryption.Count > 0)
            return;
        await store.TryCreateAsync(KeyUse.Signing, 1, TimeSpan.Zero, cancellation);
        await store.TryCreateAsync(KeyUse.Encryption, 1, TimeSpan.Zero, cancellation);
        await ReloadAsync(cancellation);
    }

    public async Task ReloadAsync(CancellationToken cancellation)
    {
        var keys = await store.ListAsync(cancellation);
        var next = new Keys(InOrder(keys, KeyUse.Signing), InOrder(keys, KeyUse.Encryption));
        if (next.IsSameAs(current))
            return;
        current = next;
        // Note: the validation copies its keys from the server's options, so the server's must be new by then.
        Server.Raise();
        Validation.Raise();
    }

    /// <summary>Makes the next keys. They check tokens at once and make them once every host has had the time to read them.</summary>
    public async Task<DateTimeOffset> RotateAsync(CancellationToken cancellation)
    {
        foreach (var keys in new[] { current.Signing, current.Encryption })
            await store.TryCreateAsync(keys[0].Use, keys.Max(key => key.Number) + 1, Announced, cancellation);
        await ReloadAsync(cancellation);
        return current.Signing.Max(key => key.UsedFrom);
    }

    /// <summary>Rotates keys that are old, and deletes those that no living token was made with.</summary>
    public async Task TidyAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (current.Signing.Max(key => key.UsedFrom) < now - Lifetime)
            await RotateAsync(cancellation);
        foreach (var keys in new[] { current.Signing, current.Encryption })
            foreach (var retired in keys.Where(key => keys.Any(next => next.Number > key.Number && next.UsedFrom < now - TokenServer.RefreshTokenLifetime - Announced)))
                await store.DeleteAsync(retired.Id, cancellation);
    }

    public void GiveTo(OpenIddictServerOptions options)
    {
        foreach (var key in current.Signing)
            options.SigningCredentials.Add(new SigningCredentials(SigningKeyOf(key), SecurityAlgorithms.EcdsaSha256));
        foreach (var key in current.Encryption)
            options.EncryptionCredentials.Add(new EncryptingCredentials(
                new SymmetricSecurityKey(key.Material) { KeyId = key.Id }, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
    }

    /// <summary>The newest that is in use, then all others, which only check.</summary>
    private List<StoredKey> InOrder(IEnumerable<StoredKey> keys, KeyUse use)
    {
        var now = time.GetUtcNow();
        return [.. keys.Where(key => key.Use == use).OrderByDescending(key => key.UsedFrom <= now).ThenByDescending(key => key.Number)];
    }

    private static ECDsaSecurityKey SigningKeyOf(StoredKey key)
    {
        // Note: it lives as long as the options that hold it.
        var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(key.Material, out _);
        return new ECDsaSecurityKey(ecdsa) { KeyId = key.Id };
    }

    private sealed record Keys(IReadOnlyList<StoredKey> Signing, IReadOnlyList<StoredKey> Encryption)
    {
        public bool IsSameAs(Keys other) =>
            Signing.Select(key => key.Id).SequenceEqual(other.Signing.Select(key => key.Id))
            && Encryption.Select(key => key.Id).SequenceEqual(other.Encryption.Select(key => key.Id));
    }
}
