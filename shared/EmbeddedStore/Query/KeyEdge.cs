using MongoDB.Bson;

namespace EmbeddedStore.Query;

/// <summary>A place between index keys: before or behind all keys that start with some bytes. It can be turned for a descending field.</summary>
internal readonly record struct KeyEdge(byte[] Start, bool IsBehind, bool IsPartial = false)
{
    /// <summary>Before the first key of a type.</summary>
    public static KeyEdge Before(BsonType type) => new([KeyEncoding.TypeByte(type)], false, true);

    /// <summary>Behind the last key of a type.</summary>
    public static KeyEdge Behind(BsonType type) => new([KeyEncoding.TypeByte(type)], true, true);

    public byte[] ToBytes(bool descending)
    {
        var key = new KeyBuffer();
        key.Add(Start);
        if (descending)
            key.Invert(0);
        if (IsBehind == descending)
            return key.ToArray();
        // Note: behind a whole value stands a type byte, which is never FF; behind a part of a value any byte may stand.
        if (!IsPartial)
        {
            key.Add(0xFF);
            return key.ToArray();
        }

        var next = key.ToArray();
        next[^1]++;
        return next;
    }
}
