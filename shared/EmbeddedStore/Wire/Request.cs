using EmbeddedStore.Bson;

namespace EmbeddedStore.Wire;

/// <summary>One message from a client: the command document and the document sequences sent beside it.</summary>
internal sealed class Request
{
    private const int OpQuery = 2004;
    private const int OpMsg = 2013;
    private const int ChecksumPresent = 1;
    private const int MoreToCome = 2;

    private readonly List<KeyValuePair<string, RawDocument[]>> sequences = [];

    private Request(int id) => Id = id;

    public int Id { get; }

    public RawDocument Body { get; private set; }

    public string Database { get; private set; } = "";

    /// <summary>The handshake of old: a query to <c>$cmd</c>, answered by OP_REPLY.</summary>
    public bool IsLegacy { get; private set; }

    /// <summary>False for unacknowledged writes, which expect no reply at all.</summary>
    public bool WantsReply { get; private set; } = true;

    public IReadOnlyList<KeyValuePair<string, RawDocument[]>> Sequences => sequences;

    public static Request Parse(byte[] frame)
    {
        var reader = new FrameReader(frame);
        var request = new Request(reader.Id);
        switch (reader.OpCode)
        {
            case OpMsg:
                request.ParseMessage(ref reader);
                break;
            case OpQuery:
                request.ParseQuery(ref reader);
                break;
            default:
                throw new InvalidDataException($"Message of kind {reader.OpCode} is not supported.");
        }
        return request;
    }

    private void ParseMessage(ref FrameReader reader)
    {
        var flags = reader.Int32();
        WantsReply = (flags & MoreToCome) == 0;
        var trailer = (flags & ChecksumPresent) == 0 ? 0 : 4;
        while (reader.Left > trailer)
        {
            if (reader.Byte() == 0)
                Body = reader.Document();
            else
                sequences.Add(reader.Sequence());
        }
        var database = Body.Find("$db"u8);
        Database = database.IsString ? database.AsString : "";
    }

    private void ParseQuery(ref FrameReader reader)
    {
        IsLegacy = true;
        reader.Int32();
        var collection = reader.CString();
        if (!collection.EndsWith(".$cmd", StringComparison.Ordinal))
            throw new InvalidDataException($"A legacy query on {collection} is not supported: send OP_MSG.");
        Database = collection[..^5];
        reader.Int32();
        reader.Int32();
        Body = reader.Document();
        var wrapped = Body.Find("$query"u8);
        if (wrapped.IsDocument)
            Body = wrapped.AsDocument;
    }
}
