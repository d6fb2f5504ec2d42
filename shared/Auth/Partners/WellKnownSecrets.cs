namespace Loyalty.Auth;

/// <summary>Passwords and secrets that are the first anybody tries.</summary>
public static class WellKnownSecrets
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "admin", "administrator", "password", "passw0rd", "secret", "changeme", "change-me", "changeit", "default", "demo", "demo-secret", "test",
        "root", "loyalty", "loyalty-api", "letmein", "welcome", "qwerty", "12345678", "123456789", "1234567890", "123456", "admin123", "password1", "secret123",
    };

    public static bool Contain(string secret) => Known.Contains(secret.Trim());

    internal static IEnumerable<string> All => Known;
}
