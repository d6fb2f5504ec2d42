namespace Loyalty.Web.Outbound;

/// <summary>Where this deployment may send what tenants tell it to.</summary>
/// <param name="AllowsPrivate">Addresses of private networks may be called (<c>Outbound:AllowPrivateAddresses</c>).</param>
/// <param name="AllowsLoopback">This machine itself may be called, also by plain HTTP: in Development.</param>
public sealed record OutboundRules(bool AllowsPrivate, bool AllowsLoopback)
{
    private const int Longest = 1024;

    /// <summary>
    /// Why an address may not be called, in words for whoever wrote it; null if it may. What a name leads to is looked at with every
    /// connection, not here.
    /// </summary>
    public string? Fault(string url)
    {
        if (url.Length > Longest || !Uri.TryCreate(url, UriKind.Absolute, out var target) || target.Scheme is not ("https" or "http") || target.Host.Length == 0)
            return $"Write an absolute address of up to {Longest} characters, such as https://push.example.com/loyalty.";
        if (target.Scheme != Uri.UriSchemeHttps && !(AllowsLoopback && target.IsLoopback))
            return "The address must begin with https.";
        if (target.UserInfo.Length > 0 || target.Fragment.Length > 0)
            return "The address must hold neither a password nor a fragment.";
        if (target.IsLoopback && !AllowsLoopback)
            return "The address leads to this machine itself, which may not be called.";
        return System.Net.IPAddress.TryParse(target.IdnHost.Trim('[', ']'), out var address) && !Allows(address)
            ? "The address leads into a private network, which may not be called."
            : null;
    }

    /// <summary>Whether a connection to this address may be made.</summary>
    public bool Allows(System.Net.IPAddress address) => AddressKinds.Of(address) switch
    {
        AddressKind.Public => true,
        AddressKind.Private => AllowsPrivate,
        AddressKind.Loopback => AllowsLoopback,
        _ => false,
    };
}
