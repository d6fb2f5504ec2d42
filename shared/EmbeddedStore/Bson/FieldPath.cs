using System.Buffers.Text;
using System.Text;

namespace EmbeddedStore.Bson;

/// <summary>A dotted path, split once.</summary>
internal sealed class FieldPath : IEquatable<FieldPath>
{
    private readonly byte[][] _parts;
    private readonly int[] _indexes;

    private FieldPath(string text, string[] names)
    {
        Text = text;
        Names = names;
        _parts = Array.ConvertAll(names, Encoding.UTF8.GetBytes);
        _indexes = Array.ConvertAll(_parts, part => IndexOf(part));
    }

    public string Text { get; }

    public string[] Names { get; }

    public int Count => _parts.Length;

    /// <summary>Whether a part may stand for a place in an array.</summary>
    public bool HasIndexPart => Array.Exists(_indexes, index => index >= 0);

    public static FieldPath Parse(string text) => new(text, text.Contains('.') ? text.Split('.') : [text]);

    public ReadOnlySpan<byte> this[int depth] => _parts[depth];

    /// <summary>The array position a part may stand for, or -1 when it is no number.</summary>
    public int IndexAt(int depth) => _indexes[depth];

    /// <summary>How many parts both begin with.</summary>
    public int CommonWith(FieldPath other)
    {
        var count = 0;
        while (count < Count && count < other.Count && Names[count] == other.Names[count])
            count++;
        return count;
    }

    public bool Equals(FieldPath? other) => other is not null && Text == other.Text;

    public override bool Equals(object? obj) => Equals(obj as FieldPath);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    internal static int IndexOf(ReadOnlySpan<byte> part) =>
        part.Length is > 0 and < 10 && (part[0] != '0' || part.Length == 1) && char.IsAsciiDigit((char)part[0])
        && Utf8Parser.TryParse(part, out int index, out var used) && used == part.Length
            ? index
            : -1;
}
