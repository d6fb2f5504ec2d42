using System.Buffers.Binary;
using System.Text;
using EmbeddedStore.Bson;

namespace EmbeddedStore.Wire;

/// <summary>Reads the parts of a message after its sixteen bytes of header.</summary>
internal struct FrameReader(byte[] frame)
{
    private int at = 16;

    public readonly int Id => BinaryPrimitives.ReadInt32LittleEndian(frame.AsSpan(4));

    public readonly int OpCode => BinaryPrimitives.ReadInt32LittleEndian(frame.AsSpan(12));

    public readonly int Left => frame.Length - at;

    public byte Byte() => frame[at++];

    public int Int32()
    {
        at += 4;
        return BinaryPrimitives.ReadInt32LittleEndian(frame.AsSpan(at - 4));
    }

    public string CString()
    {
        var length = frame.AsSpan(at).IndexOf((byte)0);
        at += length + 1;
        return Encoding.UTF8.GetString(frame, at - length - 1, length);
    }

    public RawDocument Document()
    {
        var length = Left < 5 ? 0 : BinaryPrimitives.ReadInt32LittleEndian(frame.AsSpan(at));
        if (length < 5 || length > Left)
            throw new InvalidDataException("A document reaches beyond the end of its message.");
        at += length;
        return new RawDocument(frame, at - length, length);
    }

    public KeyValuePair<string, RawDocument[]> Sequence()
    {
        var end = at + Int32();
        if (end > frame.Length)
            throw new InvalidDataException("A document sequence reaches beyond the end of its message.");
        var name = CString();
        var documents = new List<RawDocument>();
        while (at < end)
            documents.Add(Document());
        return new(name, [.. documents]);
    }
}
