using EmbeddedStore.Bson;
using EmbeddedStore.Commands;
using MongoDB.Bson;

namespace EmbeddedStore.Collections;

/// <summary>Checks the options of an index against the list of those that are supported, and writes them in one order.</summary>
internal static class IndexOptions
{
    private static readonly string[] Flags = ["unique", "sparse"];

    public static byte[] Normalise(RawDocument request)
    {
        foreach (var option in request)
            Check(option);
        var key = request.Find("key"u8);
        if (!key.IsDocument)
            throw CommandException.FailedToParse("The 'key' field is a required property of an index specification");
        if (!request.Find("name"u8).IsString)
            throw CommandException.FailedToParse("The 'name' field is a required property of an index specification");
        return DocumentWriter.Build(spec =>
        {
            spec.Write("v", 2);
            spec.Write("key", key);
            spec.Write("name", request.Find("name"u8));
            foreach (var flag in Flags)
                if (IsTrue(request.Find(flag)))
                    spec.Write(flag, true);
            spec.Write("partialFilterExpression", request.Find("partialFilterExpression"u8));
            spec.Write("expireAfterSeconds", request.Find("expireAfterSeconds"u8));
        });
    }

    /// <summary>Whether it asks for the index on _id, which every collection has, and which takes no options.</summary>
    public static bool IsId(RawDocument request)
    {
        var key = request.Find("key"u8);
        if (!key.IsDocument || key.AsDocument.Count() != 1 || key.AsDocument.NameOfFirst() != "_id")
            return false;
        if (!BsonNumber.TryWhole(key.AsDocument.At(0), out var direction) || direction != 1)
            throw CommandException.BadValue($"The field 'key' for an _id index must be {{_id: 1}}, but got {key}");
        foreach (var option in request)
            if (option.Name is not ("key" or "name" or "v"))
                throw new CommandException(197, "InvalidIndexSpecificationOption", $"The field '{option.Name}' is not valid for an _id index specification");
        return true;
    }

    public static bool IsTrue(BsonValueRef value) =>
        value.IsNumber ? BsonNumber.ToDouble(value) != 0 : value.Type == BsonType.Boolean && value.AsBoolean;

    private static void Check(RawElement option)
    {
        var value = option.Value;
        if (!Scope.IndexOptions.Contains(option.Name))
            throw new CommandException(197, "InvalidIndexSpecificationOption",
                $"The field '{option.Name}' is not supported for an index specification by this server");
        var expected = option.Name switch
        {
            "key" or "partialFilterExpression" => value.IsDocument,
            "name" => value.IsString,
            "unique" or "sparse" => value.Type == BsonType.Boolean || value.IsNumber,
            "expireAfterSeconds" => value.IsNumber && BsonNumber.ToDouble(value) is >= 0 and <= int.MaxValue,
            // Note: other versions have other keys.
            _ => value.IsNumber && BsonNumber.ToDouble(value) is 2,
        };
        if (!expected)
            throw CommandException.TypeMismatch($"The field '{option.Name}' of an index specification has an invalid value: {value}");
    }
}
