using EmbeddedStore.Bson;

namespace EmbeddedStore.Query;

/// <summary>A parsed query document.</summary>
internal sealed class Filter
{
    private readonly Node _root;

    private Filter(Node root, RawDocument source)
    {
        _root = root;
        Source = source;
        var conditions = new List<Condition>();
        root.AddConditions(conditions);
        Conditions = conditions;
    }

    /// <summary>The query document as it was given.</summary>
    public RawDocument Source { get; }

    /// <summary>What every matching document must meet, for a planner.</summary>
    public IReadOnlyList<Condition> Conditions { get; }

    public bool MatchesEverything => _root is AndNode { Children.Length: 0 };

    /// <summary>The branches of a filter that is one $or and nothing else; empty otherwise.</summary>
    public IReadOnlyList<Filter> Branches => _root is OrNode or ? [.. or.Children.Select(node => new Filter(node, Source))] : [];

    public static Filter Parse(RawDocument query) => new(FilterParser.Parse(query.RequireDepth(Limits.NestingLevels)), query);

    public bool Matches(RawDocument document) => _root.Matches(document, null);

    /// <summary>Matches, and tells where in the array the query crossed the match was found: the place that <c>$</c> stands for.</summary>
    public bool Matches(RawDocument document, out int arrayIndex)
    {
        var details = new MatchDetails();
        var matches = _root.Matches(document, details);
        arrayIndex = details.ArrayIndex;
        return matches;
    }

    /// <summary>Whether every document that this filter matches is matched by <paramref name="partial"/>, a partial index's filter. False when unsure.</summary>
    public bool Implies(Filter partial) => Implication.Holds(this, partial._root);

    /// <summary>Refuses (error 67) what a partial index cannot be filtered by.</summary>
    public void RequirePartialIndexShape() => Implication.RequirePartialShape(_root);

    /// <summary>The values that an upsert takes from the filter: equality at the top level and below $and.</summary>
    internal IEnumerable<(FieldPath Path, BsonValueRef Value)> Equalities() => _root.Equalities();
}
