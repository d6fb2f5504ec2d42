using System.Buffers.Binary;

namespace EmbeddedStore.Storage;

/// <summary>An entry of an index: the key in comparable bytes, then the record it belongs to.</summary>
internal static class IndexEntry
{
    public const int RecordLength = 8;

    public static byte[] Of(ReadOnlySpan<byte> key, long record)
    {
        var entry = new byte[key.Length + RecordLength];
        Write(entry, key, record);
        return entry;
    }

    public static ReadOnlySpan<byte> Write(Span<byte> target, ReadOnlySpan<byte> key, long record)
    {
        key.CopyTo(target);
        BinaryPrimitives.WriteInt64BigEndian(target[key.Length..], record);
        return target[..(key.Length + RecordLength)];
    }

    public static long RecordOf(ReadOnlySpan<byte> entry) => BinaryPrimitives.ReadInt64BigEndian(entry[^RecordLength..]);

    public static ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> entry) => entry[..^RecordLength];
}
