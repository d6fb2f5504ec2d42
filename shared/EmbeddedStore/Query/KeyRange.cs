namespace EmbeddedStore.Query;

/// <summary>Index keys from <paramref name="Low"/> (inclusive) to <paramref name="High"/> (exclusive), as bytes of one field of a key. Put behind the
/// bytes of the fields before it, the bounds bound the compound keys.</summary>
internal readonly record struct KeyRange(byte[] Low, byte[] High)
{
    /// <summary>
    /// The ranges, in key order and disjoint, that hold every key a condition can match; null when an index cannot help (an array
    /// as operand, a condition that only names its path).
    /// </summary>
    public static IReadOnlyList<KeyRange>? For(Condition condition, bool descending) => throw new NotImplementedException();
}
