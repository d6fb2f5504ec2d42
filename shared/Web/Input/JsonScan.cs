using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Loyalty.Web;

/// <summary>
/// Reads over JSON as it came, before anything else does: is it JSON, is its text text, is it nested too deeply. Note:
/// the framework takes escapes such as <c>\ud800</c> and bytes that are no UTF-8 for granted until somebody asks for the
/// text.
/// </summary>
internal ref struct JsonScan(ReadOnlySpan<byte> json)
{
    /// <summary>As the serializer has it.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private readonly ReadOnlySpan<byte> json = json;
    private readonly List<Step> steps = [];
    private Utf8JsonReader reader = new(json, AnyDepth);

    public readonly JsonTokenType Token => reader.TokenType;

    /// <summary>Where the current token begins.</summary>
    public readonly int Start => (int)reader.TokenStartIndex;

    /// <summary>Where the current token ends.</summary>
    public readonly int End => (int)reader.BytesConsumed;

    /// <exception cref="JsonException">It is no JSON.</exception>
    public bool Read() => reader.Read();

    /// <summary>Reads to the end of the value that the current token begins.</summary>
    /// <returns>What is wrong in it first; null if nothing is.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public JsonFault? ReadValue()
    {
        JsonFault? fault = null;
        steps.Clear();
        var depth = 0;
        do
        {
            if (depth is > 0 and <= MaxDepth)
                Follow();
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                depth--;
            else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                depth = Open(depth, ref fault);
            else if (fault is null && reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && !IsText())
                fault = new JsonFault(Path(), UnicodeText.Rule);
        }
        while (depth > 0 && reader.Read());
        return fault;
    }

    /// <summary>Keeps up with where in the value the current token stands.</summary>
    private readonly void Follow()
    {
        var step = steps[^1];
        if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            steps.RemoveAt(steps.Count - 1);
        else if (reader.TokenType == JsonTokenType.PropertyName)
            steps[^1] = step with { NameStart = Start + 1, NameLength = reader.ValueSpan.Length };
        else if (step.IsArray)
            steps[^1] = step with { Index = step.Index + 1 };
    }

    private readonly int Open(int depth, ref JsonFault? fault)
    {
        if (depth < MaxDepth)
            steps.Add(new Step(reader.TokenType == JsonTokenType.StartArray, -1, 0, 0));
        else
            fault ??= new JsonFault(Path(), $"This is nested too deeply: there are at most {MaxDepth} levels.");
        return depth + 1;
    }

    private readonly string Path()
    {
        var path = JsonPath.Root;
        foreach (var step in steps)
            path = step.IsArray ? JsonPath.Item(path, step.Index) : JsonPath.Member(path, NameOf(step));
        return path;
    }

    private readonly string NameOf(Step step)
    {
        var name = Encoding.UTF8.GetString(json.Slice(step.NameStart, step.NameLength));
        if (!name.Contains('\\', StringComparison.Ordinal))
            return name;
        try
        {
            return JsonSerializer.Deserialize<string>($"\"{name}\"")!;
        }
        catch (JsonException)
        {
            return name;
        }
    }

    private readonly bool IsText() =>
        Utf8.IsValid(reader.ValueSpan) && (!reader.ValueIsEscaped || EscapesAreText(reader.ValueSpan));

    /// <summary>Note: the reader has made sure that each escape is complete.</summary>
    private static bool EscapesAreText(ReadOnlySpan<byte> text)
    {
        while (text.IndexOf((byte)'\\') is var escape and >= 0)
        {
            text = text[escape..];
            var unit = UnitOf(text);
            var isPair = char.IsSurrogate(unit) && text.Length >= 12 && char.IsSurrogatePair(unit, UnitOf(text[6..]));
            if (unit == '\0' || (char.IsSurrogate(unit) && !isPair))
                return false;
            text = text[(isPair ? 12 : 2)..];
        }
        return true;
    }

    /// <summary>What an escape such as <c>\u0041</c> stands for; any plain character where none begins here.</summary>
    private static char UnitOf(ReadOnlySpan<byte> text) =>
        text is [(byte)'\\', (byte)'u', ..]
        && ushort.TryParse(text.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : 'x';

    private readonly record struct Step(bool IsArray, int Index, int NameStart, int NameLength);
}
