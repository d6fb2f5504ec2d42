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

    /// <summary>Never to be called: link-local (where clouds keep their secrets), multicast, reserved, or another network's disguise.</summary>
    Forbidden,
}

/// <summary>Tells addresses apart. Pure.</summary>
public static class AddressKinds
{
    private static readonly IPNetwork[] Own = Networks("10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 fc00::/7");

    private static readonly IPNetwork[] Never = Networks(
        "0.0.0.0/8 169.254.0.0/16 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 "
        + "::/128 fe80::/10 fec0::/10 ff00::/8 2001:db8::/32 2001::/23 2002::/16 64:ff9b::/96 64:ff9b:1::/48 100::/64");

    public static AddressKind Of(IPAddress address)
    {
        // Note: an IPv4 address written as an IPv6 one leads to the same place.
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(plain))
            return AddressKind.Loopback;
        if (plain.AddressFamily is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6) || IsIn(Never, plain) || IsCompatible(plain))
            return AddressKind.Forbidden;
        return IsIn(Own, plain) ? AddressKind.Private : AddressKind.Public;
    }

    /// <summary>Note: ::a.b.c.d, long out of use, still reaches a.b.c.d on some systems.</summary>
    private static bool IsCompatible(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 && address.GetAddressBytes().AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0;

    private static bool IsIn(IPNetwork[] networks, IPAddress address) => networks.Any(network => network.Contains(address));

    private static IPNetwork[] Networks(string list) => [.. list.Split(' ').Select(text => IPNetwork.Parse(text))];
}
