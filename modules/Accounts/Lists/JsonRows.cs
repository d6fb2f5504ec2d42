using System.Buffers;
using System.Text.Json;

namespace Loyalty.Accounts;

/// <summary>Rows as the items of a JSON array, or as lines that hold one JSON object each.</summary>
internal sealed class JsonRows<T>(IBufferWriter<byte> output, JsonSerializerOptions options, bool lines) : IRows<T>
{
    private readonly Utf8JsonWriter json = new(output, new JsonWriterOptions { Encoder = options.Encoder, SkipValidation = true });
    private bool any;

    public void Write(T row)
    {
        if (!lines)
            output.Write(any ? ",\n"u8 : "["u8);
        any = true;
        json.Reset();
        JsonSerializer.Serialize(json, row, options);
        json.Flush();
        if (lines)
            output.Write("\n"u8);
    }

    public void End()
    {
        if (!lines)
            output.Write(any ? "]"u8 : "[]"u8);
    }

    public void Dispose() => json.Dispose();
}
