using System.Security.Cryptography;
using System.Text;

namespace Loyalty.Passes;

/// <summary>Ids that follow from a cause, so that the same cause never makes a second document. Hashes, because causes may name people.</summary>
public static class CauseId
{
    /// <summary>32 hexadecimal characters.</summary>
    public static string Of(params ReadOnlySpan<string> cause) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', cause))).AsSpan(0, 16));
}
