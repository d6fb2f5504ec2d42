using System.Security.Cryptography;
using System.Text;

namespace Loyalty.Auth;

/// <summary>AES-256-GCM: nonce, tag and cipher in one piece, bound to what it belongs to. Pure but for the nonce.</summary>
internal static class Sealing
{
    private static readonly int NonceSize = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagSize = AesGcm.TagByteSizes.MaxSize;

    public static byte[] Close(byte[] key, byte[] open, string belongsTo)
    {
        using var aes = new AesGcm(key, TagSize);
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);
        var (tag, cipher) = (new byte[TagSize], new byte[open.Length]);
        aes.Encrypt(nonce, open, cipher, tag, Encoding.UTF8.GetBytes(belongsTo));
        return [.. nonce, .. tag, .. cipher];
    }

    /// <exception cref="AuthenticationTagMismatchException">Another key, or it belongs to something else.</exception>
    public static byte[] Open(byte[] key, ReadOnlySpan<byte> box, string belongsTo)
    {
        if (box.Length < NonceSize + TagSize)
            throw new AuthenticationTagMismatchException();
        using var aes = new AesGcm(key, TagSize);
        var open = new byte[box.Length - NonceSize - TagSize];
        aes.Decrypt(box[..NonceSize], box[(NonceSize + TagSize)..], box[NonceSize..(NonceSize + TagSize)], open, Encoding.UTF8.GetBytes(belongsTo));
        return open;
    }
}
