using EmbeddedStore.Bson;
using EmbeddedStore.Collections;
using EmbeddedStore.Transport;
using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

/// <summary>One command while it runs: what was asked, of whom, and when to give up.</summary>
internal sealed class Call(Server server, Request request, RawDocument body, Operation operation)
{
    public Server Server => server;

    public Store Store => server.Store;

    public Connection Connection => operation.Connection;

    public RawDocument Body => body;

    public string Database => request.Database;

    /// <summary>Fires when the client is gone, its time is up, or somebody kills the command.</summary>
    public CancellationToken Cancelled => operation.Cancelled;

    /// <summary>What an operator should know when this command was slow.</summary>
    public object? Plan { get; set; }

    public string Namespace => $"{Database}.{CollectionName}";

    /// <summary>The collection that the command's first field names.</summary>
    public string CollectionName
    {
        get
        {
            var name = Body.At(0);
            if (!name.IsString || name.StringBytes.Length == 0)
                throw new CommandException(73, "InvalidNamespace", "collection name has invalid type or is empty");
            return name.AsString;
        }
    }

    /// <summary>The same call about the command inside an explain.</summary>
    public Call Of(RawDocument inner) => new(server, request, inner, operation);

    public BsonValueRef this[string option] => Body.Find(option);

    /// <summary>Documents of an array field, whether it came inside the command or as a sequence beside it.</summary>
    public RawDocument[] Documents(string name)
    {
        foreach (var (sequence, documents) in request.Sequences)
            if (sequence == name)
                return documents;
        var array = this[name];
        if (!array.IsArray)
            throw new CommandException(40414, "IDLFailedToParse", $"BSON field '{name}' is missing but a required field");
        var items = new List<RawDocument>();
        foreach (var item in array.AsDocument)
            items.Add(item.Value.IsDocument ? item.Value.AsDocument : throw Wrong(name, item.Value));
        return [.. items];
    }

    public RawDocument DocumentOr(string option, RawDocument fallback)
    {
        var value = this[option];
        if (value.IsMissing)
            return fallback;
        return value.IsDocument ? value.AsDocument : throw Wrong(option, value);
    }

    public long Whole(string option, long fallback)
    {
        var value = this[option];
        if (value.IsNullish)
            return fallback;
        return value.IsNumber && BsonNumber.TryWhole(value, out var whole) ? whole : throw Wrong(option, value);
    }

    /// <summary>A whole number from 0 to <paramref name="most"/>.</summary>
    public long Bounded(string option, long fallback, long most = long.MaxValue)
    {
        var value = Whole(option, fallback);
        return value >= 0 && value <= most ? value : throw CommandException.BadValue($"BSON field '{option}' value must be >= 0 and <= {most}, actual value '{value}'");
    }

    public bool Flag(string option, bool fallback = false) => Flag(Body, option, fallback);

    public static bool Flag(RawDocument document, string option, bool fallback = false)
    {
        var value = document.Find(option);
        if (value.IsMissing)
            return fallback;
        if (value.IsNumber)
            return BsonNumber.ToDouble(value) != 0;
        return value.Type == MongoDB.Bson.BsonType.Boolean ? value.AsBoolean : throw Wrong(option, value);
    }

    public static CommandException Wrong(string option, BsonValueRef value) =>
        CommandException.TypeMismatch($"BSON field '{option}' is the wrong type '{BsonTypes.NameOf(value.Type)}'");
}
