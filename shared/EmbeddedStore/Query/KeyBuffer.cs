using System.Buffers.Binary;

namespace EmbeddedStore.Query;

/// <summary>A growing buffer for one index key.</summary>
internal sealed class KeyBuffer
{
    [ThreadStatic]
    private static KeyBuffer? _ofThread;

    private byte[] _bytes = new byte[64];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The thread's own buffer, empty: for a key that is built and copied out without anything else in between.</summary>
    public static KeyBuffer OfThread()
    {
        var buffer = _ofThread ??= new();
        buffer.Length = 0;
        return buffer;
    }

    public byte[] ToArray() => Written.ToArray();

    public void Truncate(int length) => Length = length;

    public void Add(byte value) => Reserve(1)[0] = value;

    public void Add(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    public void AddBigEndian(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Reserve(8), value);

    /// <summary>Turns the order of what was written from <paramref name="start"/> on.</summary>
    public void Invert(int start)
    {
        foreach (ref var value in _bytes.AsSpan(start, Length - start))
            value = (byte)~value;
    }

    private Span<byte> Reserve(int count)
    {
        if (Length + count > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        Length += count;
        return _bytes.AsSpan(Length - count, count);
    }
}
