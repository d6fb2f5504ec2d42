using System.Text;
using System.Text.RegularExpressions;
using EmbeddedStore.Bson;
using MongoDB.Bson;

namespace EmbeddedStore.Query;

/// <summary>$regex: a string that the pattern is found in, or the same regular expression stored as a value.</summary>
internal sealed class RegexTest : ValueTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly string _pattern;
    private readonly string _options;
    private readonly Regex _regex;

    public RegexTest(string pattern, string options)
    {
        _pattern = pattern;
        _options = options;
        _regex = Compile(pattern, options);
    }

    public static RegexTest From(BsonValueRef value)
    {
        var (pattern, options) = Split(value);
        return new(pattern, options);
    }

    public static (string Pattern, string Options) Split(BsonValueRef regex)
    {
        var bytes = regex.Bytes;
        var end = bytes.IndexOf((byte)0);
        return (Encoding.UTF8.GetString(bytes[..end]), Encoding.UTF8.GetString(bytes[(end + 1)..^1]));
    }

    public override bool Matches(BsonValueRef value, MatchDetails? details)
    {
        if (value.Type == BsonType.RegularExpression)
            return Split(value) == (_pattern, _options);
        if (!value.IsString)
            return false;
        try
        {
            return _regex.IsMatch(value.AsString);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new CommandException(51156, "Location51156", $"Error occurred while executing the regular expression in $regex '{_pattern}': it took too long");
        }
    }

    public override void AddConditions(FieldPath path, List<Condition> conditions)
    {
        var prefix = LiteralPrefix();
        conditions.Add(prefix.Length > 0 ? new(path, ConditionOp.Prefix, [BsonValueRef.From(prefix)]) : new(path, ConditionOp.Other, []));
    }

    /// <summary>Note: the engine that cannot backtrack is tried first; patterns with look-around or back-references run under a time limit.</summary>
    private static Regex Compile(string pattern, string options)
    {
        var flags = RegexOptions.CultureInvariant;
        foreach (var option in options)
            flags |= option switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                'u' => RegexOptions.None,
                _ => throw CommandException.Location(51108, $"invalid flag in regex options: {option}"),
            };
        try
        {
            return new Regex(pattern, flags | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, flags, Patience);
        }
        catch (ArgumentException e)
        {
            throw CommandException.Location(51091, $"Regular expression is invalid: {e.Message}");
        }
    }

    private string LiteralPrefix()
    {
        if (!_pattern.StartsWith('^') || _pattern.Contains('|', StringComparison.Ordinal) || _options.AsSpan().IndexOfAny("imx") >= 0)
            return "";
        var text = new StringBuilder();
        var i = 1;
        while (i < _pattern.Length)
        {
            var escaped = _pattern[i] == '\\' && i + 1 < _pattern.Length && !char.IsAsciiLetterOrDigit(_pattern[i + 1]);
            if (!escaped && "\\.^$*+?()[]{}".Contains(_pattern[i], StringComparison.Ordinal))
                break;
            text.Append(_pattern[escaped ? i + 1 : i]);
            i += escaped ? 2 : 1;
        }

        if (i < _pattern.Length && text.Length > 0 && "*?{".Contains(_pattern[i], StringComparison.Ordinal))
            text.Length--;
        // Note: half of a surrogate pair is no prefix of the UTF-8 bytes.
        if (text.Length > 0 && char.IsHighSurrogate(text[^1]))
            text.Length--;
        return text.ToString();
    }
}
