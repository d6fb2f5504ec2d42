using System.Net;
using System.Runtime.CompilerServices;
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

    /// <exception cref="MissingMethodException">The driver has no such method any more.</exception>
    public static void Probe() => Register(new ClusterBuilder(), factory => factory);

    // Note: the method is internal to the driver; where a version of it has none, MissingMethodException says so and
    // the store falls back to loopback TCP.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "RegisterStreamFactory")]
    private static extern ClusterBuilder Register(ClusterBuilder builder, Func<IStreamFactory, IStreamFactory> wrapper);
}
