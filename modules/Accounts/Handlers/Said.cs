using Loyalty.Accounts.Contracts;

namespace Loyalty.Accounts;

/// <summary>When each property and tag was last set or removed, so that an older word never undoes a newer one. Pure.</summary>
internal static class Said
{
    /// <summary>How many that were removed are remembered.</summary>
    private const int RemovedKept = 256;

    /// <summary>The moment of a word: not after its acceptance, and in milliseconds, as it is stored.</summary>
    public static DateTimeOffset Moment(DateTimeOffset at, DateTimeOffset acceptedAt) =>
        DateTimeOffset.FromUnixTimeMilliseconds((at > acceptedAt ? acceptedAt : at).ToUnixTimeMilliseconds());

    public static Account Property(Account account, string key, string? value, DateTimeOffset said) => IsOlder(account.PropertiesSaid, key, said) ? account : account with
    {
        Properties = value is null ? account.Properties.Without(key) : account.Properties.With(key, value),
        PropertiesSaid = account.PropertiesSaid.With(key, said),
    };

    public static Account Tag(Account account, string tag, bool isSet, DateTimeOffset said) => IsOlder(account.TagsSaid, tag, said) ? account : account with
    {
        Tags = isSet ? account.Tags.With([tag]) : account.Tags.Without([tag]),
        TagsSaid = account.TagsSaid.With(tag, said),
    };

    /// <summary>Notes the time of what was changed without one, as campaigns do, and forgets what was removed longest ago.</summary>
    public static Account Noted(Account before, Account after, DateTimeOffset now)
    {
        var said = Moment(now, now);
        if (after.Tags != before.Tags && after.TagsSaid == before.TagsSaid)
            after = after with { TagsSaid = With(after.TagsSaid, after.Tags.Except(before.Tags).Concat(before.Tags.Except(after.Tags)), said) };
        if (after.Properties != before.Properties && after.PropertiesSaid == before.PropertiesSaid)
            after = after with { PropertiesSaid = With(after.PropertiesSaid, Changed(before.Properties, after.Properties), said) };
        return after with
        {
            TagsSaid = Kept(after.TagsSaid, after.Tags.Count, after.Tags.Contains),
            PropertiesSaid = Kept(after.PropertiesSaid, after.Properties.Count, after.Properties.ContainsKey),
        };
    }

    private static bool IsOlder(IReadOnlyDictionary<string, DateTimeOffset> all, string key, DateTimeOffset said) =>
        all.TryGetValue(key, out var known) && known > said;

    private static IEnumerable<string> Changed(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        before.Keys.Union(after.Keys).Where(key => before.GetValueOrDefault(key) != after.GetValueOrDefault(key));

    private static IReadOnlyDictionary<string, DateTimeOffset> With(IReadOnlyDictionary<string, DateTimeOffset> all, IEnumerable<string> keys, DateTimeOffset said) =>
        keys.Aggregate(all, (known, key) => known.With(key, said));

    private static IReadOnlyDictionary<string, DateTimeOffset> Kept(IReadOnlyDictionary<string, DateTimeOffset> all, int present, Func<string, bool> isPresent) =>
        all.Count <= present + RemovedKept
            ? all
            : all.Where(said => isPresent(said.Key))
                .Concat(all.Where(said => !isPresent(said.Key)).OrderByDescending(said => said.Value).ThenBy(said => said.Key, StringComparer.Ordinal).Take(RemovedKept))
                .ToDictionary();
}
