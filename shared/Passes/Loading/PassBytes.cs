using System.Buffers.Binary;
using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;

namespace Loyalty.Passes.Loading;

/// <summary>Documents of a pass as bytes.</summary>
internal static class PassBytes
{
    /// <summary>Note: a pass has thousands of documents of a kilobyte; a buffer for each would be most of what it leaves to the collector.</summary>
    [ThreadStatic]
    private static MemoryStream? buffer;

    public static RawBsonDocument Of<T>(T document) => new(Bytes(document));

    /// <param name="size">How many bytes it will be, about.</param>
    public static RawBsonDocument OfLarge<T>(T document, int size) => new(document.ToBson(estimatedBsonSize: size));

    /// <summary>With the number of the pass as its <c>lastPass</c>.</summary>
    public static RawBsonDocument Of<T>(T document, long pass) where T : IPassDocument
    {
        var bytes = Bytes(document);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(PlaceOfLastPass(bytes)), pass);
        return new RawBsonDocument(bytes);
    }

    private static byte[] Bytes<T>(T document)
    {
        buffer ??= new MemoryStream();
        buffer.SetLength(0);
        using (var writer = new BsonBinaryWriter(buffer))
            BsonSerializer.Serialize(writer, document);
        return buffer.ToArray();
    }

    private static int PlaceOfLastPass(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        using var reader = new BsonBinaryReader(stream);
        reader.ReadStartDocument();
        while (reader.ReadBsonType() is var type && type != BsonType.EndOfDocument)
        {
            if (reader.ReadName() == "lastPass" && type == BsonType.Int64)
                return (int)stream.Position;
            reader.SkipValue();
        }
        throw new InvalidOperationException("A document of a pass has no lastPass.");
    }
}
