using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using MongoDB.Driver.Core.Configuration;
using MongoDB.Driver.Core.Connections;

namespace EmbeddedStore.Transport;

/// <summary>Gives the driver a stream into this process instead of a socket.</summary>
internal sealed class InProcessStreamFactory(Func<Connection> connect) : IStreamFactory
{
    public Stream CreateStream(EndPoint endPoint, CancellationToken cancellationToken) => new InProcessStream(connect());

    public Task<Stream> CreateStreamAsync(EndPoint endPoint, CancellationToken cancellationToken) =>
        Task.FromResult(CreateStream(endPoint, cancellationToken));

    public void RegisterWith(ClusterBuilder builder) => Register(builder, _ => this);

    /// <summary>Whether this version of the driver takes streams from us; where it does not, loopback TCP has to do.</summary>
    public static bool IsPossible(ILogger logger)
    {
        try
        {
            Register(new ClusterBuilder(), factory => factory);
            return true;
        }
        catch (MissingMethodException error)
        {
            logger.LogWarning(error, "This version of the driver takes no streams of ours; the embedded store is reached over loopback TCP.");
            return false;
        }
    }

    // Note: the method is internal to the driver.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "RegisterStreamFactory")]
    private static extern ClusterBuilder Register(ClusterBuilder builder, Func<IStreamFactory, IStreamFactory> wrapper);
}
