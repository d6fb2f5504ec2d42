using System.Security.Cryptography;
using System.Text;

namespace Loyalty.Auth;

/// <summary>
/// Encrypts keys and secrets at rest: AES-256-GCM under a key derived from the configured secret, each bound to what it belongs to. Without a
/// configured secret they stay as they are.
/// </summary>
public sealed class KeySeal
{
    private const int Iterations = 210_000;
    private const string Mark = "sealed:";
    private static readonly byte[] Purpose = "Loyalty.Auth keys at rest"u8.ToArray();

    private readonly byte[]? key;

    public KeySeal(string? secret) =>
        key = string.IsNullOrEmpty(secret) ? null : Rfc2898DeriveBytes.Pbkdf2(secret, Purpose, Iterations, HashAlgorithmName.SHA512, 32);

    /// <summary>There is a secret to encrypt with.</summary>
    public bool Closes => key is not null;

    /// <summary>Whether a stored secret is encrypted.</summary>
    public static bool IsClosed(string secret) => secret.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>Encrypts a secret for the store.</summary>
    /// <param name="belongsTo">Where it lies, such as a tenant and a field: it opens nowhere else.</param>
    public string Close(string secret, string belongsTo) =>
        key is null || IsClosed(secret) ? secret : Mark + Convert.ToBase64String(Sealing.Close(key, Encoding.UTF8.GetBytes(secret), belongsTo));

    /// <summary>What <see cref="Close(string, string)"/> was given; a secret that was stored before there was a key, as it is.</summary>
    public string Open(string stored, string belongsTo) =>
        IsClosed(stored) ? Encoding.UTF8.GetString(Open(Convert.FromBase64String(stored[Mark.Length..]), belongsTo)) : stored;

    internal StoredKey Close(StoredKey open) =>
        key is null || open.Sealed ? open : open with { Sealed = true, Material = Sealing.Close(key, open.Material, open.Id) };

    internal StoredKey Open(StoredKey stored) =>
        stored.Sealed ? stored with { Sealed = false, Material = Open(stored.Material, stored.Id) } : stored;

    private byte[] Open(byte[] box, string belongsTo)
    {
        if (key is null)
            throw new InvalidOperationException("The keys in the store are encrypted: set Auth:KeyEncryptionSecret to the secret they were encrypted with.");
        try
        {
            return Sealing.Open(key, box, belongsTo);
        }
        catch (AuthenticationTagMismatchException error)
        {
            throw new InvalidOperationException("Auth:KeyEncryptionSecret is not the secret that the keys in the store were encrypted with.", error);
        }
    }
}
