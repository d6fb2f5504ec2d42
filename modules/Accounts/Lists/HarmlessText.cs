using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Loyalty.Accounts;

/// <summary>
/// Texts that no spreadsheet takes for a formula, whatever separator it opens the file with (OWASP, "CSV Injection"). Numbers and phone numbers
/// stay what they are. Pure.
/// </summary>
internal static partial class HarmlessText
{
    private const string BeginsFormula = "=+-@|%";
    private const string Separators = ",;\t\r\n";
    private const char Mark = '\'';

    private static readonly SearchValues<char> Suspects = SearchValues.Create("=+-@|%＝＋－＠｜％﹦﹢﹣﹫−");

    /// <summary>Note: a text may be torn apart at every separator, as the reader may choose another than the writer.</summary>
    public static string Of(string text)
    {
        if (!MayBegin(text))
            return text;
        var result = new StringBuilder(text.Length + 2);
        for (var from = 0; from <= text.Length;)
        {
            var length = text.AsSpan(from).IndexOfAny(Separators);
            var part = length < 0 ? text.AsSpan(from) : text.AsSpan(from, length);
            if (IsFormula(part) && !(part.Length == text.Length && Number().IsMatch(text)))
                result.Append(Mark);
            result.Append(part);
            if (length < 0)
                break;
            result.Append(text[from + length]);
            from += length + 1;
        }
        return result.ToString();
    }

    /// <summary>The text as it was before <see cref="Of"/>, for files that are read again.</summary>
    public static string Original(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var from = 0; from <= text.Length;)
        {
            var length = text.AsSpan(from).IndexOfAny(Separators);
            var part = length < 0 ? text.AsSpan(from) : text.AsSpan(from, length);
            result.Append(part is [Mark, ..] && IsFormula(part) ? part[1..] : part);
            if (length < 0)
                break;
            result.Append(text[from + length]);
            from += length + 1;
        }
        return result.ToString();
    }

    private static bool MayBegin(string text) => text.AsSpan().ContainsAny(Suspects);

    /// <summary>Whether the first that is seen of it begins a formula: what is invisible, blank or a quotation mark does not count.</summary>
    private static bool IsFormula(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (!IsUnseen(rune))
                return BeginsFormula.Contains(Narrow(rune), StringComparison.Ordinal);
        return false;
    }

    private static bool IsUnseen(Rune rune) => rune.Value is '"' or '\'' || Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.OtherNotAssigned
        || rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800;

    /// <summary>Full-width and small forms as the characters that they stand for.</summary>
    private static char Narrow(Rune rune) => rune.Value switch
    {
        '＝' or '﹦' => '=',
        '＋' or '﹢' => '+',
        '－' or '﹣' or '−' => '-',
        '＠' or '﹫' => '@',
        '｜' => '|',
        '％' => '%',
        <= char.MaxValue and var value => (char)value,
        _ => ' ',
    };

    /// <summary>A number, or a phone number as people write it: no spreadsheet finds anything to calculate in it.</summary>
    [GeneratedRegex(@"^[+-]?[0-9]+(?:\.[0-9]+)?\z|^\+[0-9]+(?: [0-9]+)*\z")]
    private static partial Regex Number();
}
