using EmbeddedStore.Bson;
using EmbeddedStore.Collections;
using EmbeddedStore.Query;

namespace EmbeddedStore.Planning;

/// <summary>What of an index a filter leaves to be read.</summary>
/// <param name="Ranges">Ranges of whole keys, disjoint and in the order of the index.</param>
/// <param name="Points">How many leading fields are held to points.</param>
/// <param name="Fixed">How many of those are held to one point, so that they do not matter for the order.</param>
/// <param name="HasRange">Whether the field behind the points is bounded too.</param>
internal sealed record IndexBounds(IReadOnlyList<KeyRange> Ranges, int Points, int Fixed, bool HasRange)
{
    private const int MostRanges = 10_000;

    public static IndexBounds Of(IndexView index, IReadOnlyList<Condition> conditions)
    {
        List<byte[]> prefixes = [[]];
        var singles = 0;
        var used = new List<(int Field, Condition Condition)>();
        var fields = index.Definition.Keys.Paths.Count;
        for (var field = 0; field < fields; field++)
        {
            var ranges = FieldRanges.For(index, field, conditions, used);
            if (ranges is null)
                return new(Whole(prefixes), field, singles, false);
            if (fields == 1 && FieldRanges.ArePoints(ranges))
                return new(ranges, 1, ranges.Count == 1 ? 1 : 0, false);
            if (!FieldRanges.ArePoints(ranges) || (long)prefixes.Count * ranges.Count > MostRanges)
                return new(Behind(prefixes, ranges), field, singles, true);
            if (prefixes.Count == 1 && ranges.Count == 1)
                singles++;
            prefixes = Times(prefixes, ranges);
        }
        return new(Whole(prefixes), fields, singles, false);
    }

    /// <summary>
    /// Whether reading the index gives the order that is asked for. A field that crosses arrays gives none: a document sorts by its least or
    /// greatest item, and may be found by any. But where such fields are held to a point, a document has one key for each of the values behind them,
    /// so that the fields behind give their order all the same.
    /// </summary>
    public bool Gives(SortSpec sort, IndexView index, out bool backward)
    {
        backward = false;
        var keys = index.Definition.Keys;
        var free = Fixed;
        var matched = 0;
        for (var i = 0; i < sort.Paths.Count; i++)
        {
            if (IsFixed(index, sort.Paths[i]))
                continue;
            if (free == keys.Paths.Count || !keys.Paths[free].Equals(sort.Paths[i]) || index.IsMultikey(free))
                return false;
            var opposite = keys.Descending[free++] != sort.Descending[i];
            if (matched++ > 0 && opposite != backward)
                return false;
            backward = opposite;
        }
        return true;
    }

    private bool IsFixed(IndexView index, FieldPath path)
    {
        for (var field = 0; field < Fixed; field++)
            if (index.Definition.Keys.Paths[field].Equals(path))
                return !index.IsMultikey(field);
        return false;
    }

    private static List<byte[]> Times(List<byte[]> prefixes, IReadOnlyList<KeyRange> ranges)
    {
        var longer = new List<byte[]>(prefixes.Count * ranges.Count);
        foreach (var prefix in prefixes)
            foreach (var range in ranges)
                longer.Add(prefix.Length == 0 ? range.Low : [.. prefix, .. range.Low]);
        return longer;
    }

    private static List<KeyRange> Whole(List<byte[]> prefixes) => prefixes.ConvertAll(prefix => new KeyRange(prefix, FieldRanges.After(prefix)));

    private static List<KeyRange> Behind(List<byte[]> prefixes, IReadOnlyList<KeyRange> ranges) =>
        [.. from prefix in prefixes from range in ranges select new KeyRange([.. prefix, .. range.Low], [.. prefix, .. range.High])];
}
