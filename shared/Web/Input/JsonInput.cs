using System.Text.Json;

namespace Loyalty.Web;

/// <summary>One item of a JSON array, by itself, and what was found wrong with it so far.</summary>
public readonly record struct JsonItem(ReadOnlyMemory<byte> Json, JsonFault? Fault);

/// <summary>Reads JSON that came from outside. Whatever is wrong with it is told by its place, never thrown.</summary>
public static class JsonInput
{
    /// <summary>Null when all of it is JSON, is text, and not nested too deeply.</summary>
    public static UnreadableJson? Check(ReadOnlySpan<byte> json)
    {
        try
        {
            var scan = new JsonScan(json);
            scan.Read();
            if (scan.ReadValue() is { } fault)
                return UnreadableJson.Of(fault);
            // Note: at the end there is nothing to read; anything else is refused by the reader itself.
            scan.Read();
            return null;
        }
        catch (JsonException error)
        {
            return NoJson(error);
        }
    }

    /// <summary>
    /// The items of an array, each with its own fault, so that one bad item is no concern of its neighbours. Null when it is
    /// no array.
    /// </summary>
    /// <param name="most">It ends behind the first item that is too many.</param>
    public static IReadOnlyList<JsonItem>? Items(ReadOnlyMemory<byte> json, int most, out UnreadableJson? unreadable)
    {
        unreadable = null;
        try
        {
            var scan = new JsonScan(json.Span);
            if (!scan.Read() || scan.Token != JsonTokenType.StartArray)
            {
                unreadable = Check(json.Span);
                return null;
            }
            var items = new List<JsonItem>();
            while (scan.Read() && scan.Token != JsonTokenType.EndArray && items.Count <= most)
            {
                var start = scan.Start;
                var fault = scan.ReadValue();
                items.Add(new JsonItem(json[start..scan.End], fault));
            }
            if (items.Count <= most)
                scan.Read();
            return items;
        }
        catch (JsonException error)
        {
            unreadable = NoJson(error);
            return null;
        }
    }

    /// <summary>Reads JSON that nobody has looked at yet.</summary>
    public static bool TryRead<T>(ReadOnlySpan<byte> json, out T value, out UnreadableJson? unreadable)
    {
        value = default!;
        unreadable = Check(json);
        return unreadable is null && TryReadChecked(json, typeof(T), out value, out unreadable);
    }

    /// <summary>Reads JSON that has passed <see cref="Check"/>, or is an item without a fault.</summary>
    public static bool TryReadChecked<T>(
        ReadOnlySpan<byte> json, Type type, out T value, out UnreadableJson? unreadable)
    {
        value = default!;
        unreadable = null;
        try
        {
            value = (T)JsonSerializer.Deserialize(json, type, JsonSettings.Options)!;
            if (value is null)
                unreadable = UnreadableJson.Of(JsonPath.Root, $"Expected {JsonKind.Of(type)}, not null.");
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            // Note: the serializer "does not support" an object of several kinds that has no discriminator.
            unreadable = Explain(json, type, JsonSettings.Options)
                ?? UnreadableJson.Of(JsonPath.Root, $"Expected {JsonKind.Of(type)}.");
        }
        return unreadable is null;
    }

    /// <summary>What keeps checked JSON from being read as the type; null if nothing can be found.</summary>
    internal static UnreadableJson? Explain(ReadOnlySpan<byte> json, Type type, JsonSerializerOptions options)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonScan.MaxDepth + 1 });
        using var document = JsonDocument.ParseValue(ref reader);
        return JsonShape.Explain(document.RootElement, type, options);
    }

    private static UnreadableJson NoJson(JsonException error)
    {
        // Note: the framework puts the place behind its sentence; here it is said in a caller's words.
        var end = error.Message.LastIndexOf(" LineNumber: ", StringComparison.Ordinal);
        var message = end < 0 ? error.Message : error.Message[..end];
        var place = $"(line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1})";
        return UnreadableJson.Of(JsonPath.Root, UnicodeText.Shown($"{message} {place}", 256));
    }
}
