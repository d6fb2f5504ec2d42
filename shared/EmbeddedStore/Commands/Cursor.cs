namespace EmbeddedStore.Commands;

/// <summary>The rest of a result. It reads from a snapshot, so that waiting costs nobody anything but memory.</summary>
internal sealed class Cursor : IDisposable
{
    private readonly CancellationTokenSource? stop;
    private readonly IEnumerator<ReadOnlyMemory<byte>> source;
    private bool ended;
    private bool held;

    public Cursor(string ns, bool isShort, Func<CancellationToken, IEnumerable<ReadOnlyMemory<byte>>> run)
    {
        Namespace = ns;
        stop = isShort ? null : new CancellationTokenSource();
        source = run(stop?.Token ?? CancellationToken.None).GetEnumerator();
    }

    public long Id { get; set; }

    public string Namespace { get; }

    public DateTimeOffset LastUse { get; set; }

    public bool NeverExpires { get; init; }

    /// <summary>Reads up to <paramref name="most"/> documents or the size of a reply; answers whether there is more.</summary>
    public bool Fill(List<ReadOnlyMemory<byte>> batch, long most, Call call)
    {
        using var _ = stop is null ? default : call.Cancelled.Register(stop.Cancel);
        if (most == 0)
            return true;
        for (long bytes = 0; MoveNext(); batch.Add(source.Current))
        {
            bytes += source.Current.Length;
            if (batch.Count < most && (bytes <= Limits.DocumentBytes || batch.Count == 0))
                continue;
            held = true;
            return true;
        }
        return false;
    }

    public void Dispose()
    {
        source.Dispose();
        stop?.Dispose();
    }

    private bool MoveNext()
    {
        if (held)
        {
            held = false;
            return true;
        }
        ended = ended || !source.MoveNext();
        return !ended;
    }
}
