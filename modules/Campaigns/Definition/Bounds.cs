namespace Loyalty.Campaigns;

/// <summary>How much fits into the parts of a campaign. Pure.</summary>
internal static class Bounds
{
    public const string Key = "1 to 64 of the characters a-z A-Z 0-9 _ . -";
    public const string List = "Name up to 64, each of up to 128 characters.";
    public const string Money = "An amount is at most 1000000000 and has up to 6 decimals.";
    public const string Payload = "Up to 32 entries, with names of " + Key + " and values of up to 1024 characters.";

    public static bool IsKey(string? text) =>
        text is { Length: >= 1 and <= 64 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    public static bool IsMoney(decimal amount) => Math.Abs(amount) <= 1_000_000_000m && amount.Scale <= 6;

    public static bool IsList(IReadOnlyList<string>? list) => list is null || list.Count <= 64 && list.All(item => item is { Length: <= 128 });

    public static bool IsPayload(IReadOnlyDictionary<string, string>? payload) =>
        payload is null || payload.Count <= 32 && payload.All(pair => IsKey(pair.Key) && pair.Value is { Length: <= 1024 });
}
