using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Loyalty.Auth;

/// <summary>
/// The pair of tokens that a refresh token was used for, kept for as long as an answer may have been lost. It is sealed under the refresh
/// token itself: the store alone cannot open it.
/// </summary>
internal sealed record Successor(string AccessToken, string RefreshToken, DateTimeOffset ExpiresAt)
{
    private static readonly byte[] Purpose = "Loyalty.Auth successor of a refresh token"u8.ToArray();

    public byte[] Seal(string predecessor, string predecessorId) =>
        Sealing.Close(KeyOf(predecessor), JsonSerializer.SerializeToUtf8Bytes(this), predecessorId);

    /// <returns>Null when it was sealed under another token.</returns>
    public static Successor? Open(byte[]? box, string predecessor, string predecessorId)
    {
        if (box is null)
            return null;
        try
        {
            return JsonSerializer.Deserialize<Successor>(Sealing.Open(KeyOf(predecessor), box, predecessorId));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[] KeyOf(string predecessor) => HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(predecessor), 32, info: Purpose);
}
