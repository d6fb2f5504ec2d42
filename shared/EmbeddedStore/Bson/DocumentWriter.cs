using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using MongoDB.Bson;

namespace EmbeddedStore.Bson;

/// <summary>
/// Builds raw BSON in one growing buffer. <c>Begin…</c> answers the place that <see cref="End"/> closes;
/// the outermost document is begun with <see cref="BeginDocument()"/>.
/// </summary>
internal sealed class DocumentWriter(int capacity = 256)
{
    private byte[] _buffer = new byte[capacity];
    private int _length;

    public int Length => _length;

    public static byte[] Build(Action<DocumentWriter> write)
    {
        var writer = new DocumentWriter();
        var start = writer.BeginDocument();
        write(writer);
        writer.End(start);
        return writer.ToArray();
    }

    public int BeginDocument()
    {
        Reserve(4);
        return (_length += 4) - 4;
    }

    public int BeginDocument(ReadOnlySpan<byte> name)
    {
        Header(BsonType.Document, name);
        return BeginDocument();
    }

    public int BeginDocument(string name)
    {
        Header(BsonType.Document, name);
        return BeginDocument();
    }

    public int BeginArray(ReadOnlySpan<byte> name)
    {
        Header(BsonType.Array, name);
        return BeginDocument();
    }

    public int BeginArray(string name)
    {
        Header(BsonType.Array, name);
        return BeginDocument();
    }

    public int BeginDocument(int index)
    {
        Header(BsonType.Document, index);
        return BeginDocument();
    }

    public int BeginArray(int index)
    {
        Header(BsonType.Array, index);
        return BeginDocument();
    }

    public void End(int start)
    {
        Reserve(1)[0] = 0;
        _length++;
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(start), _length - start);
    }

    public void Write(ReadOnlySpan<byte> name, BsonValueRef value)
    {
        if (value.IsMissing)
            return;
        Header(value.Type, name);
        Raw(value.Bytes);
    }

    public void Write(string name, BsonValueRef value)
    {
        if (value.IsMissing)
            return;
        Header(value.Type, name);
        Raw(value.Bytes);
    }

    /// <summary>Writes an array's item; a missing one becomes null, so that later items keep their place.</summary>
    public void Write(int index, BsonValueRef value)
    {
        Header(value.IsMissing ? BsonType.Null : value.Type, index);
        if (!value.IsMissing)
            Raw(value.Bytes);
    }

    public void Write(string name, int value) => Write(name, BsonValueRef.From(value));

    public void Write(string name, long value) => Write(name, BsonValueRef.From(value));

    public void Write(string name, double value) => Write(name, BsonValueRef.From(value));

    public void Write(string name, bool value) => Write(name, BsonValueRef.From(value));

    public void Write(string name, string value)
    {
        Header(BsonType.String, name);
        var count = Encoding.UTF8.GetByteCount(value);
        var target = Reserve(count + 5);
        BinaryPrimitives.WriteInt32LittleEndian(target, count + 1);
        Encoding.UTF8.GetBytes(value, target[4..]);
        target[count + 4] = 0;
        _length += count + 5;
    }

    public void Write(string name, RawDocument document)
    {
        Header(BsonType.Document, name);
        Raw(document.Bytes);
    }

    public void WriteNull(string name) => Header(BsonType.Null, name);

    /// <summary>Copies a field as it stands.</summary>
    public void Write(RawElement element) => Raw(element.Bytes);

    /// <summary>Copies bytes that are whole fields.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>Forgets what was written after a place that <see cref="Length"/> told.</summary>
    public void Truncate(int length) => _length = length;

    public byte[] ToArray() => _buffer.AsSpan(0, _length).ToArray();

    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, _length);

    private void Header(BsonType type, ReadOnlySpan<byte> name)
    {
        var target = Reserve(name.Length + 2);
        target[0] = (byte)type;
        name.CopyTo(target[1..]);
        target[name.Length + 1] = 0;
        _length += name.Length + 2;
    }

    private void Header(BsonType type, string name)
    {
        var count = Encoding.UTF8.GetByteCount(name);
        var target = Reserve(count + 2);
        target[0] = (byte)type;
        Encoding.UTF8.GetBytes(name, target[1..]);
        target[count + 1] = 0;
        _length += count + 2;
    }

    private void Header(BsonType type, int index)
    {
        Span<byte> digits = stackalloc byte[11];
        Utf8Formatter.TryFormat(index, digits, out var count);
        Header(type, digits[..count]);
    }

    private Span<byte> Reserve(int count)
    {
        if (_length + count > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        return _buffer.AsSpan(_length);
    }
}
