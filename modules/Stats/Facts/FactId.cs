using System.Security.Cryptography;
using System.Text;
using Loyalty.Events.Contracts;

namespace Loyalty.Stats;

/// <summary>The id of a fact follows from its cause, so a repeat is a duplicate key.</summary>
internal static class FactId
{
    /// <summary>Note: a hash, because entry ids may name people.</summary>
    public static string Of(Entry entry, int number) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{entry.Id}@{entry.Position}#{number}")), 0, 16);
}
