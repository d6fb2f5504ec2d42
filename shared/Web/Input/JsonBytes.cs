using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Loyalty.Web;

/// <summary>
/// The body of a request as JSON is read: in UTF-8, whatever charset the caller has chosen, without a byte order mark.
/// </summary>
public static class JsonBytes
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpRequest request, CancellationToken cancellationToken) =>
        InUtf8(request, await ReadRawAsync(request, cancellationToken));

    /// <summary>As it came: what a signature is made of.</summary>
    public static async Task<byte[]> ReadRawAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream((int)Math.Clamp(request.ContentLength ?? 0, 0, WebModule.MaxBodyBytes));
        await request.Body.CopyToAsync(buffer, cancellationToken);
        return buffer.ToArray();
    }

    /// <summary>As it came; null where it is longer than that, of which no more than a little is read then.</summary>
    public static async Task<byte[]?> TryReadRawAsync(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        if (request.ContentLength > most)
            return null;
        using var buffer = new MemoryStream((int)(request.ContentLength ?? 0));
        var chunk = new byte[16 * 1024];
        while (await request.Body.ReadAsync(chunk, cancellationToken) is > 0 and var read)
        {
            if (buffer.Length + read > most)
                return null;
            buffer.Write(chunk, 0, read);
        }
        return buffer.ToArray();
    }

    /// <exception cref="BadHttpRequestException">
    /// Nobody knows the charset, or the body is not written in it.
    /// </exception>
    public static ReadOnlyMemory<byte> InUtf8(HttpRequest request, byte[] raw)
    {
        var bytes = CharsetOf(request) is { } charset ? Transcode(raw, charset) : raw;
        return bytes.AsSpan().StartsWith(ByteOrderMark) ? bytes.AsMemory(ByteOrderMark.Length) : bytes;
    }

    /// <summary>Null for UTF-8, which JSON is written in where nothing is said.</summary>
    private static Encoding? CharsetOf(HttpRequest request)
    {
        var name = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            ? HeaderUtilities.RemoveQuotes(type.Charset).ToString()
            : "";
        if (name.ToUpperInvariant() is "" or "UTF-8" or "UTF8")
            return null;
        try
        {
            return Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new BadHttpRequestException(
                "The charset is not known.", StatusCodes.Status415UnsupportedMediaType, error);
        }
    }

    private static byte[] Transcode(byte[] raw, Encoding charset)
    {
        try
        {
            return Encoding.UTF8.GetBytes(charset.GetString(raw));
        }
        catch (DecoderFallbackException error)
        {
            throw new BadHttpRequestException(
                "The body is not written in the charset that its Content-Type names.", error);
        }
    }
}
