using System.Security.Cryptography;
using System.Text;

namespace Loyalty.Outbox;

/// <summary>
/// How receivers know that a call is ours: <c>x-signature</c> as on the ordering platform, and the three headers of
/// <see href="https://www.standardwebhooks.com">Standard Webhooks</see>, whose signature covers id and time and so cannot be replayed. Pure.
/// </summary>
internal static class Signatures
{
    private const string Prefix = "whsec_";

    public static IEnumerable<KeyValuePair<string, string>> Headers(string id, DateTimeOffset at, byte[] body, string secret)
    {
        var timestamp = $"{at.ToUnixTimeSeconds()}";
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return new Dictionary<string, string>
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = timestamp,
            ["webhook-signature"] = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret), signed))}",
            ["x-signature"] = Convert.ToHexStringLower(SHA256.HashData([.. body, .. Encoding.UTF8.GetBytes(secret)])),
        };
    }

    /// <summary>Note: a secret that begins with <c>whsec_</c> is base64 after that, as the libraries of Standard Webhooks expect it; any other is its own bytes.</summary>
    private static byte[] KeyOf(string secret)
    {
        var text = secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : null;
        var key = new byte[text?.Length ?? 0];
        return text is not null && Convert.TryFromBase64String(text, key, out var length) ? key[..length] : Encoding.UTF8.GetBytes(secret);
    }
}
