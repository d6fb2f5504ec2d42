using System.Buffers.Binary;
using MongoDB.Bson;
using MongoDB.Bson.IO;

namespace Loyalty.Events.Contracts;

/// <summary>Documents of a pass as bytes.</summary>
internal static class PassBytes
{
    private const int Common = 1024;

    /// <param name="size">How many bytes it will be, about.</param>
    public static RawBsonDocument Of<T>(T document, int size = Common) => new(document.ToBson(estimatedBsonSize: size));

    /// <summary>With the number of the pass as its <c>lastPass</c>.</summary>
    public static RawBsonDocument Of<T>(T document, long pass) where T : IPassDocument
    {
        var bytes = document.ToBson(estimatedBsonSize: Common);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(PlaceOfLastPass(bytes)), pass);
        return new RawBsonDocument(bytes);
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
