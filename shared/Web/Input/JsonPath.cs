using System.Buffers;

namespace Loyalty.Web;

/// <summary>
/// Paths into JSON as problems show them: <c>states[1].title</c>, <c>payload['two words']</c>; <c>$</c> is the whole.
/// </summary>
internal static class JsonPath
{
    public const string Root = "$";

    private const int Longest = 128;

    /// <summary>Note: what is not among these could be mistaken for a part of the path.</summary>
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    public static string Item(string path, int index) => Cut($"{path}[{index}]");

    public static string Member(string path, string name)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(Plain))
            return Cut($"{(path == Root ? "" : path)}['{UnicodeText.Shown(name)}']");
        return Cut(path == Root ? UnicodeText.Shown(name) : $"{path}.{UnicodeText.Shown(name)}");
    }

    /// <summary>
    /// Note: paths are stored with the answers that an Idempotency-Key repeats, so none grows with what was sent.
    /// </summary>
    private static string Cut(string path) => UnicodeText.Shown(path, Longest);
}
