using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace EmbeddedStore.Transport;

/// <summary>Lets mongosh and others on this machine look in over TCP. It asks for no password, so it listens on loopback only.</summary>
internal sealed class LoopbackListener : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly Func<Connection> connect;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task accepting;

    public LoopbackListener(int port, Func<Connection> connect, ILogger logger)
    {
        this.connect = connect;
        this.logger = logger;
        listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
        }
        catch (SocketException error)
        {
            throw new IOException($"The embedded store cannot listen on port {port} of this machine: {error.Message}", error);
        }
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptTcpClientAsync(stopping.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = connect();
        using (client)
        {
            try
            {
                client.NoDelay = true;
                var stream = client.GetStream();
                var writing = WriteRepliesAsync(stream, connection);
                await ReadRequestsAsync(stream, connection);
                connection.Dispose();
                await writing;
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The client went away, or the store closes.
            }
            catch (Exception error)
            {
                logger.LogWarning(error, "A client of the loopback listener was cut off.");
            }
        }
    }

    // Note: reading goes on while a command runs, so that a client that hangs up is noticed and its command cancelled.
    private async Task ReadRequestsAsync(NetworkStream stream, Connection connection)
    {
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, stopping.Token) is > 0 and var count)
            connection.Receive(buffer.AsSpan(0, count));
    }

    private async Task WriteRepliesAsync(NetworkStream stream, Connection connection)
    {
        try
        {
            while (true)
                await stream.WriteAsync(await connection.NextReplyAsync(stopping.Token), stopping.Token);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Noticed by the reading side.
        }
    }
}
