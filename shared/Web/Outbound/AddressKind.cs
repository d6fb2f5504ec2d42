using System.Net;
using System.Net.Sockets;

namespace Loyalty.Web.Outbound;

/// <summary>Whom an IP address leads to.</summary>
public enum AddressKind
{
    Public,

    /// <summary>A network of its owner: 10/8, 172.16/12, 192.168/16, 100.64/10, fc00::/7.</summary>
    Private,

    /// <summary>This machine.</summary>
    Loopback,

    /// <summary>
    /// Never to be called: link-local (where clouds keep their secrets), multicast, reserved, or an IPv4 address in any disguise that leads to
    /// it by way of a translator.
    /// </summary>
    Forbidden,
}

/// <summary>Tells addresses apart. Pure.</summary>
public static class AddressKinds
{
    private static readonly IPNetwork[] Own = Networks("10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 fc00::/7");

    private static readonly IPNetwork[] Never = Networks(
        "0.0.0.0/8 169.254.0.0/16 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 "
        + "2001::/23 2001:db8::/32 2002::/16 3fff::/20");

    /// <summary>
    /// All of IPv6 that is public lies in here. Note: what lies outside is refused as a whole: ::a.b.c.d, ::ffff:0:a.b.c.d, 64:ff9b::a.b.c.d and
    /// whatever is thought of next.
    /// </summary>
    private static readonly IPNetwork[] GlobalUnicast = Networks("2000::/3");

    public static AddressKind Of(IPAddress address)
    {
        // Note: an IPv4 address written as an IPv6 one leads to the same place.
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(plain))
            return AddressKind.Loopback;
        if (IsIn(Own, plain))
            return AddressKind.Private;
        return plain.AddressFamily switch
        {
            AddressFamily.InterNetwork when !IsIn(Never, plain) => AddressKind.Public,
            AddressFamily.InterNetworkV6 when IsIn(GlobalUnicast, plain) && !IsIn(Never, plain) && !IsTunnel(plain) => AddressKind.Public,
            _ => AddressKind.Forbidden,
        };
    }

    /// <summary>ISATAP (RFC 5214): whatever comes before, …:0:5efe:a.b.c.d and …:200:5efe:a.b.c.d lead to a.b.c.d.</summary>
    private static bool IsTunnel(IPAddress address) => address.GetAddressBytes().AsSpan(8, 4) is [0 or 2, 0, 0x5e, 0xfe];

    private static bool IsIn(IPNetwork[] networks, IPAddress address) => networks.Any(network => network.Contains(address));

    private static IPNetwork[] Networks(string list) => [.. list.Split(' ').Select(text => IPNetwork.Parse(text))];
}
