using System.Security.Cryptography;
using System.Text;

namespace Loyalty.Campaigns;

/// <summary>Ids that follow from a cause, so that the same cause never makes a second document. Hashes, because causes may name people.</summary>
internal static class CauseId
{
    public static string Of(params ReadOnlySpan<string> cause) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', cause))).AsSpan(0, 16));
}
