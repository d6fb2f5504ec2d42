using EmbeddedStore.Bson;
using MongoDB.Bson;

namespace EmbeddedStore.Commands;

/// <summary>Whether a document may be stored: whole to its last field, not too large, not too deep, and with an _id that can be one.</summary>
internal static class DocumentChecks
{
    public static void Check(RawDocument document)
    {
        if (document.Length > Limits.DocumentBytes)
            throw TooLarge(document.Length);
        Walk(document, 1);
        CheckId(document.Find("_id"u8));
    }

    public static void CheckUpdated(RawDocument document)
    {
        if (document.Length > Limits.DocumentBytes)
            throw new CommandException(17419, "Location17419", $"Resulting document after update is larger than {Limits.DocumentBytes}");
        CheckId(document.Find("_id"u8));
    }

    private static void CheckId(BsonValueRef id)
    {
        if (id.Type is BsonType.Array or BsonType.Undefined or BsonType.RegularExpression)
            throw CommandException.BadValue($"The '_id' value cannot be of type {BsonTypes.NameOf(id.Type)}");
        if (id.IsDocument)
            foreach (var field in id.AsDocument)
                if (field.NameBytes.StartsWith("$"u8))
                    throw new CommandException(52, "DollarPrefixedFieldName", $"_id fields may not contain '$'-prefixed fields: {field.Name} is not valid for storage.");
    }

    private static void Walk(RawDocument document, int level)
    {
        if (level > Limits.NestingLevels)
            throw new CommandException(15, "Overflow", $"BSONObj exceeded maximum nested object depth: {Limits.NestingLevels}");
        foreach (var field in document)
            if (field.Value.IsDocument || field.Value.IsArray)
                Walk(field.Value.AsDocument, level + 1);
    }

    private static CommandException TooLarge(int length) =>
        new(10334, "BSONObjectTooLarge", $"BSONObj size: {length} is invalid. Size must be between 0 and {Limits.DocumentBytes}");
}
