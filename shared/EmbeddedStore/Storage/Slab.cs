using System.Buffers.Binary;
using EmbeddedStore.Bson;

namespace EmbeddedStore.Storage;

/// <summary>
/// A megabyte of documents one behind the other, each after its record number. Written once, never changed:
/// whoever holds a <see cref="Place"/> may read it for as long as it likes.
/// </summary>
internal sealed class Slab(int size)
{
    public const int Size = 1 << 20;

    private const int Header = 8;
    private readonly byte[] bytes = GC.AllocateUninitializedArray<byte>(size);
    private int used;

    /// <summary>How many bytes belong to documents that are still current.</summary>
    public int Live { get; private set; }

    public int Capacity => bytes.Length;

    public static int SpaceFor(int length) => length + Header;

    public bool HasRoomFor(int length) => used + SpaceFor(length) <= bytes.Length;

    public Place Append(long record, ReadOnlySpan<byte> document)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(used), record);
        document.CopyTo(bytes.AsSpan(used + Header));
        var place = new Place(this, used + Header);
        used += SpaceFor(document.Length);
        Live += SpaceFor(document.Length);
        return place;
    }

    public void Forget(int length) => Live -= SpaceFor(length);

    /// <summary>Note: page by page, as it is touched, memory costs more than filling it.</summary>
    public void Populate() => FreshMemory.Populate(bytes);

    /// <summary>Begins to count anew what is current.</summary>
    public void ForgetAll() => Live = 0;

    public void Count(int length) => Live += SpaceFor(length);

    public RawDocument Read(int offset) => new(bytes, offset, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offset)));

    /// <summary>Every document ever written here, current or not.</summary>
    public IEnumerable<(long Record, Place Place)> Entries()
    {
        for (var at = 0; at < used;)
        {
            var record = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));
            yield return (record, new Place(this, at + Header));
            at += SpaceFor(BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + Header)));
        }
    }
}

/// <summary>Where a document lies.</summary>
internal readonly record struct Place(Slab? Slab, int Offset)
{
    public bool IsEmpty => Slab is null;

    public RawDocument Document => Slab!.Read(Offset);
}
