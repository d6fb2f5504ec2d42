using System.Net;

namespace Loyalty.Auth;

/// <summary>Where a request comes from, as far as attempts and requests are counted by it.</summary>
internal static class Network
{
    /// <summary>Note: whoever has one IPv6 address has 2^64 of them. No address is a connection inside this process, in tests.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
            return "here";
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4().ToString();
        var bytes = address.GetAddressBytes();
        return bytes.Length == 4 ? address.ToString() : $"{Convert.ToHexString(bytes.AsSpan(0, 8))}/64";
    }

    public static bool IsHere(IPAddress? address) => address is null || IPAddress.IsLoopback(address);
}
