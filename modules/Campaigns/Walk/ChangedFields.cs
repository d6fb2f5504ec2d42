using Loyalty.Accounts.Contracts;

namespace Loyalty.Campaigns;

/// <summary>Which fields of an account, as constraints name them, differ. Pure.</summary>
internal static class ChangedFields
{
    public static IEnumerable<string> Between(Account before, Account now) =>
    [
        .. Keys("tags", before.Tags, now.Tags),
        .. Keys("venues", before.Venues, now.Venues),
        .. Values("counters", before.Counters, now.Counters),
        .. Values("properties", before.Properties, now.Properties),
        .. before.Header.FirstName == now.Header.FirstName ? Array.Empty<string>() : ["header.firstName"],
        .. before.Header.Birthdate == now.Header.Birthdate ? Array.Empty<string>() : ["header.birthdate"],
        .. before.Header.Created == now.Header.Created ? Array.Empty<string>() : ["header.created"],
        .. before.Header.LastOrder == now.Header.LastOrder ? Array.Empty<string>() : ["header.lastOrder"],
    ];

    /// <summary>Note: what an entry leaves alone is the same object, so that most of an account is never compared.</summary>
    private static IEnumerable<string> Keys(string group, IReadOnlyList<string> before, IReadOnlyList<string> now) =>
        ReferenceEquals(before, now) ? [] : before.Except(now).Concat(now.Except(before)).Select(key => $"{group}.{key}");

    private static IEnumerable<string> Values<T>(string group, IReadOnlyDictionary<string, T> before, IReadOnlyDictionary<string, T> now) =>
        ReferenceEquals(before, now)
            ? []
            : now.Where(pair => !before.TryGetValue(pair.Key, out var was) || !EqualityComparer<T>.Default.Equals(was, pair.Value)).Select(pair => pair.Key)
                .Concat(before.Keys.Where(key => !now.ContainsKey(key)))
                .Select(key => $"{group}.{key}");
}
