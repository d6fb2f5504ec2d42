using EmbeddedStore.Collections;
using EmbeddedStore.Query;

namespace EmbeddedStore.Planning;

/// <summary>The ranges of one field of an index that a filter leaves.</summary>
internal static class FieldRanges
{
    private const int Ranks = 3;
    private static readonly IndexView IdIndex = new(IndexDefinition.Id, default, 0);

    /// <summary>Null where the filter says nothing that the index could use.</summary>
    /// <param name="index">The index.</param>
    /// <param name="field">Which of its fields.</param>
    /// <param name="conditions">What the filter asks.</param>
    /// <param name="before">The conditions that bound the fields before this one, each with its field; what bounds this one is added.</param>
    public static IReadOnlyList<KeyRange>? For(IndexView index, int field, IReadOnlyList<Condition> conditions, List<(int Field, Condition Condition)> before)
    {
        var keys = index.Definition.Keys;
        var path = keys.Paths[field];
        IReadOnlyList<KeyRange>? ranges = null;
        var item = 0;
        for (var rank = 0; rank < Ranks; rank++)
            for (var i = 0; i < conditions.Count; i++)
            {
                var condition = conditions[i];
                if (Rank(condition) != rank || !condition.Path.Equals(path))
                    continue;
                // Note: on a field that crosses arrays two conditions may be met by two items of the array, unless one $elemMatch holds both.
                if (ranges is not null && index.IsMultikey(field) && (condition.ElemMatch == 0 || condition.ElemMatch != item))
                    continue;
                if (!MayStandBehind(index, field, condition, before) || KeyRange.For(condition, keys.Descending[field]) is not { } some)
                    continue;
                if (ranges is null)
                    before.Add((field, condition));
                ranges = ranges is null ? some : Intersect(ranges, some);
                item = condition.ElemMatch;
            }
        return ranges;
    }

    private static bool MayStandBehind(IndexView index, int field, Condition condition, List<(int Field, Condition Condition)> before)
    {
        if (!index.IsMultikey(field))
            return true;
        foreach (var (earlier, other) in before)
            if (earlier != field && index.IsMultikey(earlier) && condition.Path.CommonWith(other.Path) > 0 && !condition.IsOfSameItem(other))
                return false;
        return true;
    }

    /// <summary>The keys of the _id index that a filter is held to; null where it is not held to any.</summary>
    public static IReadOnlyList<KeyRange>? Ids(Filter filter) => For(IdIndex, 0, filter.Conditions, []) is { } ranges && ArePoints(ranges) ? ranges : null;

    public static bool ArePoints(IReadOnlyList<KeyRange> ranges)
    {
        for (var i = 0; i < ranges.Count; i++)
            if (!IsPoint(ranges[i]))
                return false;
        return true;
    }

    /// <summary>Whether the range holds one value only, so that the next field's ranges can stand behind it.</summary>
    public static bool IsPoint(KeyRange range) =>
        range.High.Length == range.Low.Length + 1 && range.High[^1] == 0xFF && range.High.AsSpan().StartsWith(range.Low);

    /// <summary>The least key above every key that begins with <paramref name="prefix"/>.</summary>
    public static byte[] After(ReadOnlySpan<byte> prefix)
    {
        var last = prefix.LastIndexOfAnyExcept((byte)0xFF);
        if (last < 0)
            return [0xFF];
        var after = prefix[..(last + 1)].ToArray();
        after[last]++;
        return after;
    }

    private static int Rank(Condition condition) => condition.Op switch
    {
        ConditionOp.Eq => 0,
        ConditionOp.In => 1,
        _ => 2,
    };

    private static List<KeyRange> Intersect(IReadOnlyList<KeyRange> left, IReadOnlyList<KeyRange> right)
    {
        var both = new List<KeyRange>();
        for (int l = 0, r = 0; l < left.Count && r < right.Count;)
        {
            var low = KeyComparer.Instance.Compare(left[l].Low, right[r].Low) >= 0 ? left[l].Low : right[r].Low;
            var leftEndsFirst = KeyComparer.Instance.Compare(left[l].High, right[r].High) <= 0;
            var high = leftEndsFirst ? left[l].High : right[r].High;
            if (KeyComparer.Instance.Compare(low, high) < 0)
                both.Add(new(low, high));
            if (leftEndsFirst)
                l++;
            else
                r++;
        }
        return both;
    }
}
