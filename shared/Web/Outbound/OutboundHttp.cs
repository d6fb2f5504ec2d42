using System.Net;
using System.Net.Sockets;

namespace Loyalty.Web.Outbound;

/// <summary>
/// Calls addresses that tenants have named, and only those that <see cref="OutboundRules"/> allow. What is checked is the address that the
/// connection is made to, so a name that leads elsewhere the second time it is asked for gains nothing. Redirects and proxies are not followed.
/// </summary>
public static class OutboundHttp
{
    /// <param name="resolve">How names become addresses; the system's way unless a test says otherwise.</param>
    public static HttpMessageInvoker Create(OutboundRules rules, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        MaxResponseHeadersLength = 16,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, rules, resolve ?? Dns.GetHostAddressesAsync, cancellationToken),
    });

    private static async ValueTask<Stream> ConnectAsync(
        DnsEndPoint target, OutboundRules rules, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancellationToken)
    {
        Exception? last = null;
        foreach (var address in await AllowedAsync(target.Host, rules, resolve, cancellationToken))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, target.Port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception error)
            {
                socket.Dispose();
                if (error is not SocketException)
                    throw;
                last = error;
            }
        }
        throw last!;
    }

    /// <summary>
    /// Where a call may go. Note: a name that is not there and a name that leads inside are told apart by nothing, so that nobody maps a
    /// network by what becomes of their calls.
    /// </summary>
    private static async Task<IPAddress[]> AllowedAsync(
        string host, OutboundRules rules, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
            return rules.Allows(literal) ? [literal] : throw new OutboundRefusedException($"{host} may not be called.");
        IPAddress[] allowed;
        try
        {
            allowed = [.. (await resolve(host, cancellationToken)).Where(rules.Allows)];
        }
        catch (SocketException)
        {
            allowed = [];
        }
        return allowed.Length > 0 ? allowed : throw new HttpRequestException(HttpRequestError.NameResolutionError, $"{host} leads to no address that may be called.");
    }
}

/// <summary>The address that a call would have gone to may not be called, whatever the network says.</summary>
public sealed class OutboundRefusedException(string message) : Exception(message);
