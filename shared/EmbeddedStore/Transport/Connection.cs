using EmbeddedStore.Wire;

namespace EmbeddedStore.Transport;

/// <summary>Answers one request with the message to send back.</summary>
internal delegate ValueTask<ReadOnlyMemory<byte>> RequestHandler(Request request, Connection connection);

/// <summary>
/// One client: takes its bytes, runs its messages one after the other, and hands out the replies in order. A message runs on
/// the thread that brings it until it first has to wait.
/// </summary>
internal sealed class Connection(long id, RequestHandler handler) : IDisposable
{
    private readonly FrameAssembler assembler = new();
    private readonly CancellationTokenSource closed = new();
    private readonly Queue<Task<ReadOnlyMemory<byte>>> replies = [];
    private readonly SemaphoreSlim arrived = new(0);
    private Task<ReadOnlyMemory<byte>> last = Task.FromResult(ReadOnlyMemory<byte>.Empty);

    public long Id => id;

    /// <summary>Fires when the client goes away: what runs for it need not go on.</summary>
    public CancellationToken Closed => closed.Token;

    public void Receive(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (assembler.Take(ref bytes) is not { } frame)
                return;
            var request = Request.Parse(frame);
            last = last.IsCompleted ? handler(request, this).AsTask() : After(last, request);
            if (!request.WantsReply)
                continue;
            lock (replies)
                replies.Enqueue(last);
            arrived.Release();
        }
    }

    public ReadOnlyMemory<byte> NextReply()
    {
        arrived.Wait(Closed);
        return Dequeue().GetAwaiter().GetResult();
    }

    public async ValueTask<ReadOnlyMemory<byte>> NextReplyAsync(CancellationToken cancelled)
    {
        if (!arrived.Wait(0, CancellationToken.None))
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancelled, Closed);
            await arrived.WaitAsync(either.Token);
        }
        var reply = Dequeue();
        return reply.IsCompleted || !cancelled.CanBeCanceled ? await reply : await reply.WaitAsync(cancelled);
    }

    public void Dispose() => closed.Cancel();

    private Task<ReadOnlyMemory<byte>> Dequeue()
    {
        lock (replies)
            return replies.Dequeue();
    }

    private async Task<ReadOnlyMemory<byte>> After(Task<ReadOnlyMemory<byte>> earlier, Request request)
    {
        await ((Task)earlier).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await handler(request, this);
    }
}
