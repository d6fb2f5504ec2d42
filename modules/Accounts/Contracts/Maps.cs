namespace Loyalty.Accounts.Contracts;

/// <summary>Changed copies of small maps and lists.</summary>
public static class Maps
{
    public static IReadOnlyDictionary<string, T> With<T>(this IReadOnlyDictionary<string, T> map, string key, T value) =>
        new Dictionary<string, T>(map) { [key] = value };

    public static IReadOnlyDictionary<string, T> Without<T>(this IReadOnlyDictionary<string, T> map, string key)
    {
        var rest = new Dictionary<string, T>(map);
        rest.Remove(key);
        return rest;
    }

    /// <summary>Note: the same list where nothing is new, so that it can be seen at once that nothing has changed.</summary>
    public static IReadOnlyList<string> With(this IReadOnlyList<string> list, IEnumerable<string>? added) =>
        added is null || added.All(list.Contains) ? list : [.. list.Union(added)];

    public static IReadOnlyList<string> Without(this IReadOnlyList<string> list, IEnumerable<string>? removed) =>
        removed is null || !removed.Any(list.Contains) ? list : [.. list.Except(removed)];
}
