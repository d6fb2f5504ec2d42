using System.Collections.Frozen;

namespace Loyalty.Auth;

/// <summary>
/// Passwords that are tried before any other: those of a list, a word of that list with something before or behind it, one piece repeated,
/// and keys or letters in a row. Pure.
/// </summary>
internal static class CommonPasswords
{
    private const int ShortestWord = 5;
    private const string Rows = "abcdefghijklmnopqrstuvwxyz 01234567890 qwertyuiop asdfghjkl zxcvbnm qwertzuiop azertyuiop";

    private static readonly Lazy<FrozenSet<string>> Known = new(Read);

    public static bool Contain(string password)
    {
        var plain = password.Trim().ToLowerInvariant();
        var word = plain.AsSpan().TrimStart(NoLetters).TrimEnd(NoLetters).ToString();
        return Known.Value.Contains(plain) || IsWord(word) || IsWord(WithoutDisguise(word)) || Known.Value.Contains(WithoutDisguise(plain))
            || IsRepeated(plain) || IsRow(plain);
    }

    private static bool IsWord(string word) => word.Length >= ShortestWord && Known.Value.Contains(word);

    private static ReadOnlySpan<char> NoLetters => "0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    /// <summary><c>p@ssw0rd</c> is <c>password</c>.</summary>
    private static string WithoutDisguise(string text) => string.Create(text.Length, text, static (plain, disguised) =>
    {
        for (var at = 0; at < plain.Length; at++)
            plain[at] = disguised[at] switch { '@' or '4' => 'a', '0' => 'o', '1' or '!' => 'i', '3' => 'e', '$' or '5' => 's', '7' => 't', var other => other };
    });

    /// <summary>The same piece, at least twice, and nothing else.</summary>
    private static bool IsRepeated(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
            if (text.AsSpan(length).SequenceEqual(text.AsSpan(0, text.Length - length)))
                return true;
        return false;
    }

    /// <summary>A row of keys or letters, forwards or backwards, from wherever it begins.</summary>
    private static bool IsRow(string text)
    {
        var backwards = string.Concat(text.Reverse());
        return Rows.Split(' ').Select(row => row + row).Any(row => row.Contains(text, StringComparison.Ordinal) || row.Contains(backwards, StringComparison.Ordinal));
    }

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Concat(WellKnownSecrets.All).ToFrozenSet(StringComparer.Ordinal);
    }
}
