using System.Buffers.Binary;

namespace EmbeddedStore.Wire;

/// <summary>Puts messages together from however many pieces they arrive in.</summary>
internal sealed class FrameAssembler
{
    /// <summary>MongoDB's own bound on a message.</summary>
    public const int MostBytes = 48_000_000;

    private readonly byte[] prefix = new byte[4];
    private byte[]? frame;
    private int filled;

    /// <summary>Takes from <paramref name="bytes"/> what belongs to the message under way; answers it once it is whole.</summary>
    public byte[]? Take(ref ReadOnlySpan<byte> bytes)
    {
        if (frame is null)
        {
            Move(ref bytes, prefix);
            if (filled < prefix.Length)
                return null;
            var length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
            if (length is < 16 or > MostBytes)
                throw new InvalidDataException($"A message of {length} bytes is not one of MongoDB's.");
            frame = GC.AllocateUninitializedArray<byte>(length);
            prefix.CopyTo(frame, 0);
        }
        Move(ref bytes, frame);
        if (filled < frame.Length)
            return null;
        var whole = frame;
        (frame, filled) = (null, 0);
        return whole;
    }

    private void Move(ref ReadOnlySpan<byte> bytes, byte[] target)
    {
        var count = Math.Min(bytes.Length, target.Length - filled);
        bytes[..count].CopyTo(target.AsSpan(filled));
        bytes = bytes[count..];
        filled += count;
    }
}
