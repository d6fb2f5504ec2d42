using System.Security.Cryptography;

namespace Loyalty.Accounts;

/// <summary>Member-get-member codes: eight characters that are easy to type and hard to mistake for each other.</summary>
internal static class MgmCode
{
    public const string Alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    public static string New() => RandomNumberGenerator.GetString(Alphabet, 8);
}
