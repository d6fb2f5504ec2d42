using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Loyalty.Accounts;

/// <summary>Member-get-member codes: eight characters that are easy to type and hard to mistake for each other.</summary>
internal static class MgmCode
{
    public const string Alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    private const int Length = 8;
    private const int Attempts = 16;

    /// <summary>What is needed to give an account a code that is nobody's.</summary>
    public static void NeededFor(Needs needs, string tenant, string account)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var claim = Claim.Mgm(tenant, Code(needs.Salt, tenant, account, attempt));
            needs.Document<Claim>(claim);
            if (needs.Find<Claim>(claim)?.Account is null)
                return;
        }
    }

    /// <summary>A code that is nobody's. Note: no two accounts of a pass are offered the same ones.</summary>
    public static string FreeFor(Pass pass, string tenant, string account) => Enumerable.Range(0, Attempts)
        .Select(attempt => Code(pass.Salt, tenant, account, attempt)).First(code => pass.Find<Claim>(Claim.Mgm(tenant, code))?.Account is null);

    /// <summary>Note: the salt is drawn anew for each pass, so that nobody can work out a code from an account's id.</summary>
    private static string Code(string salt, string tenant, string account, int attempt)
    {
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(salt), Encoding.UTF8.GetBytes($"{tenant}/{account}/{attempt}"));
        return string.Create(Length, hash, static (code, bytes) =>
        {
            for (var i = 0; i < code.Length; i++)
                code[i] = Alphabet[(int)(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4 * i)) % (uint)Alphabet.Length)];
        });
    }
}
