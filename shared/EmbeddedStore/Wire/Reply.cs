using System.Buffers.Binary;
using System.Runtime.InteropServices;
using EmbeddedStore.Bson;

namespace EmbeddedStore.Wire;

/// <summary>A reply document, written behind room for the header of its message, so that it need not be copied to be sent.</summary>
internal sealed class Reply
{
    private const int OpReply = 1;
    private const int OpMsg = 2013;
    private const int HeaderLength = 21;
    private const int LegacyHeaderLength = 36;

    private static int lastId;

    private readonly DocumentWriter document;

    private Reply(DocumentWriter document) => this.document = document;

    public static Reply Of(Action<DocumentWriter> write, int size = 256)
    {
        var document = new DocumentWriter(size + HeaderLength);
        document.Raw(stackalloc byte[HeaderLength]);
        var start = document.BeginDocument();
        write(document);
        document.End(start);
        return new Reply(document);
    }

    public ReadOnlyMemory<byte> FrameFor(Request request)
    {
        var written = MemoryMarshal.AsMemory(document.WrittenMemory);
        if (request.IsLegacy)
            written = Legacy(written.Span[HeaderLength..]);
        var header = written.Span;
        BinaryPrimitives.WriteInt32LittleEndian(header, written.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], Interlocked.Increment(ref lastId));
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], request.Id);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], request.IsLegacy ? OpReply : OpMsg);
        return written;
    }

    private static byte[] Legacy(ReadOnlySpan<byte> body)
    {
        var frame = new byte[LegacyHeaderLength + body.Length];
        frame[16] = 8; // AwaitCapable
        frame[32] = 1; // one document
        body.CopyTo(frame.AsSpan(LegacyHeaderLength));
        return frame;
    }
}
