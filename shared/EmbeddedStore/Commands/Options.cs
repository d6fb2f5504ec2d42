using System.Collections.Frozen;
using EmbeddedStore.Bson;
using MongoDB.Bson;

namespace EmbeddedStore.Commands;

/// <summary>Refuses what the command may not be asked: no option is ever ignored in silence.</summary>
internal static class Options
{
    public static void Check(string command, RawDocument body)
    {
        // Note: in a handshake clients tell what they are able to do; it asks for nothing.
        if (command is "hello" or "isMaster")
            return;
        var known = Scope.Commands[command];
        var first = true;
        foreach (var field in body)
        {
            if (!first)
                Check(command, known, field);
            first = false;
        }
    }

    /// <summary>Checks one statement of a bulk write, or any other document inside a command.</summary>
    public static void CheckFields(string command, FrozenSet<string> known, RawDocument document)
    {
        foreach (var field in document)
            if (!known.Contains(field.Name))
                throw Unknown(command, field.Name);
    }

    private static void Check(string command, FrozenSet<string> known, RawElement field)
    {
        var name = field.Name;
        if (known.Contains(name))
            return;
        if (name is "txnNumber" or "autocommit" or "startTransaction")
            throw new CommandException(20, "IllegalOperation", "Transaction numbers are only allowed on a replica set member or mongos");
        if (!Scope.CommonOptions.Contains(name))
            throw Unknown(command, name);
        if (name == "readConcern")
            CheckReadConcern(command, field.Value);
        if (name == "writeConcern")
            CheckWriteConcern(command, field.Value);
    }

    // Note: readers see only what is on disk, so every level but a snapshot over several collections holds.
    private static void CheckReadConcern(string command, BsonValueRef concern)
    {
        foreach (var part in Fields(concern, "readConcern"))
            if (part.Name != "level" || !part.Value.IsString || part.Value.AsString is not ("local" or "available" or "majority" or "linearizable"))
                throw new CommandException(72, "InvalidOptions", $"{command}: read concern {part.Name}: {part.Value} is not supported");
    }

    // Note: an acknowledged write is on disk, whatever weaker concern was asked for.
    private static void CheckWriteConcern(string command, BsonValueRef concern)
    {
        foreach (var part in Fields(concern, "writeConcern"))
        {
            var value = part.Value;
            var isUnderstood = part.Name switch
            {
                "j" or "fsync" => value.IsNumber || value.Type == BsonType.Boolean,
                // Note: nobody is waited for, so no time can run out.
                "wtimeout" => BsonNumber.TryWhole(value, out var milliseconds) && milliseconds is >= 0 and <= int.MaxValue,
                "w" => value.IsString || value.IsNumber,
                _ => throw Unknown($"{command}.writeConcern", part.Name),
            };
            if (!isUnderstood)
                throw CommandException.FailedToParse($"{command}: write concern {part.Name}: {value} is no valid value");
            if (part.Name == "w" && (value.IsString ? value.AsString != "majority" : BsonNumber.ToDouble(value) is not (0 or 1)))
                throw new CommandException(100, "UnsatisfiableWriteConcern", $"w: {value} cannot be met by a standalone server");
        }
    }

    private static RawElement[] Fields(BsonValueRef concern, string name)
    {
        if (!concern.IsDocument)
            throw Call.Wrong(name, concern);
        var fields = new List<RawElement>();
        foreach (var field in concern.AsDocument)
            fields.Add(field);
        return [.. fields];
    }

    private static CommandException Unknown(string command, string field) =>
        new(40415, "Location40415", $"BSON field '{command}.{field}' is an unknown field.");
}
