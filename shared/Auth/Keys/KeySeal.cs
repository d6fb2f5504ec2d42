using System.Security.Cryptography;
using System.Text;

namespace Loyalty.Auth;

/// <summary>Encrypts keys at rest: AES-256-GCM under a key derived from the configured secret, bound to the key's id.</summary>
internal sealed class KeySeal
{
    private const int Iterations = 210_000;
    private static readonly byte[] Purpose = "Loyalty.Auth keys at rest"u8.ToArray();

    private readonly byte[]? key;

    public KeySeal(string? secret) =>
        key = string.IsNullOrEmpty(secret) ? null : Rfc2898DeriveBytes.Pbkdf2(secret, Purpose, Iterations, HashAlgorithmName.SHA512, 32);

    /// <summary>There is a secret to encrypt with.</summary>
    public bool Closes => key is not null;

    public StoredKey Close(StoredKey open)
    {
        if (key is null || open.Sealed)
            return open;
        using var aes = new AesGcm(key, AesGcm.TagByteSizes.MaxSize);
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var (tag, cipher) = (new byte[AesGcm.TagByteSizes.MaxSize], new byte[open.Material.Length]);
        aes.Encrypt(nonce, open.Material, cipher, tag, Encoding.UTF8.GetBytes(open.Id));
        return open with { Sealed = true, Material = [.. nonce, .. tag, .. cipher] };
    }

    public StoredKey Open(StoredKey stored)
    {
        if (!stored.Sealed)
            return stored;
        if (key is null)
            throw new InvalidOperationException("The signing keys in the store are encrypted: set Auth:KeyEncryptionSecret to the secret they were encrypted with.");
        using var aes = new AesGcm(key, AesGcm.TagByteSizes.MaxSize);
        var (nonceSize, tagSize) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        var boxed = stored.Material.AsSpan();
        var material = new byte[boxed.Length - nonceSize - tagSize];
        try
        {
            aes.Decrypt(boxed[..nonceSize], boxed[(nonceSize + tagSize)..], boxed[nonceSize..(nonceSize + tagSize)], material, Encoding.UTF8.GetBytes(stored.Id));
        }
        catch (AuthenticationTagMismatchException error)
        {
            throw new InvalidOperationException("Auth:KeyEncryptionSecret is not the secret that the signing keys in the store were encrypted with.", error);
        }
        return stored with { Sealed = false, Material = material };
    }
}
