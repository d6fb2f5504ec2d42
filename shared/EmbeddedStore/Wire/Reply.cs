using System.Buffers.Binary;

namespace EmbeddedStore.Wire;

/// <summary>Frames a reply document for the kind of request it answers.</summary>
internal static class Reply
{
    private const int OpReply = 1;
    private const int OpMsg = 2013;

    private static int lastId;

    public static byte[] Frame(Request request, ReadOnlySpan<byte> document)
    {
        var lead = request.IsLegacy ? 36 : 21;
        var frame = GC.AllocateUninitializedArray<byte>(lead + document.Length);
        var span = frame.AsSpan();
        span[..lead].Clear();
        BinaryPrimitives.WriteInt32LittleEndian(span, frame.Length);
        BinaryPrimitives.WriteInt32LittleEndian(span[4..], Interlocked.Increment(ref lastId));
        BinaryPrimitives.WriteInt32LittleEndian(span[8..], request.Id);
        BinaryPrimitives.WriteInt32LittleEndian(span[12..], request.IsLegacy ? OpReply : OpMsg);
        if (request.IsLegacy)
        {
            span[16] = 8; // AwaitCapable
            span[32] = 1; // one document
        }
        document.CopyTo(span[lead..]);
        return frame;
    }
}
