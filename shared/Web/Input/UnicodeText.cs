namespace Loyalty.Web;

/// <summary>
/// What counts as text: valid Unicode without NUL. Everything else is kept, noncharacters, private and unassigned
/// characters too. Text from outside is checked once, where it comes in; behind that it can be stored, searched and
/// normalized.
/// </summary>
public static class UnicodeText
{
    /// <summary>What a caller is told whose text is refused.</summary>
    public const string Rule =
        "Text must be valid Unicode without NUL: here is a NUL character, half a surrogate pair, or a byte that is no UTF-8.";

    private const char Noncharacter = '\uFFFE';

    public static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text.Contains('\0'))
            return false;
        while (text.IndexOfAnyInRange('\uD800', '\uDFFF') is var surrogate and >= 0)
        {
            if (surrogate + 1 == text.Length || !char.IsSurrogatePair(text[surrogate], text[surrogate + 1]))
                return false;
            text = text[(surrogate + 2)..];
        }
        return true;
    }

    /// <summary>
    /// The text in normal form C, in which equal texts are equal strings. Note: <see cref="string.Normalize()"/> throws at
    /// U+FFFE, which neither changes nor combines with anything, so that the parts around it can be normalized one by one.
    /// </summary>
    public static string Normalized(string text) => text.Contains(Noncharacter, StringComparison.Ordinal)
        ? string.Join(Noncharacter, text.Split(Noncharacter).Select(part => part.Normalize()))
        : text.Normalize();

    /// <summary>
    /// A caller's text as an answer may repeat it: valid, and never longer than <paramref name="most"/> characters.
    /// </summary>
    public static string Shown(string text, int most = 64)
    {
        var shown = text.Length <= most ? text : $"{text.AsSpan(0, most - 1)}…";
        return IsValid(shown)
            ? shown
            : string.Concat(shown.EnumerateRunes().Select(rune => rune.Value == 0 ? "\uFFFD" : rune.ToString()));
    }
}
