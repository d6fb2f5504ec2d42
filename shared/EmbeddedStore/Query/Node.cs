using EmbeddedStore.Bson;

namespace EmbeddedStore.Query;

/// <summary>Where a match was found, for the positional operator.</summary>
internal sealed class MatchDetails
{
    public int ArrayIndex { get; set; } = -1;
}

/// <summary>A part of a filter that a whole document meets or not.</summary>
internal abstract class Node
{
    public abstract bool Matches(RawDocument document, MatchDetails? details);

    public virtual IEnumerable<Condition> Conditions() => [];

    public virtual IEnumerable<(FieldPath Path, BsonValueRef Value)> Equalities() => [];
}

internal sealed class AndNode(Node[] children) : Node
{
    public Node[] Children => children;

    public override bool Matches(RawDocument document, MatchDetails? details)
    {
        foreach (var child in children)
            if (!child.Matches(document, details))
                return false;
        return true;
    }

    public override IEnumerable<Condition> Conditions() => children.SelectMany(child => child.Conditions());

    public override IEnumerable<(FieldPath Path, BsonValueRef Value)> Equalities() => children.SelectMany(child => child.Equalities());
}

internal sealed class OrNode(Node[] children) : Node
{
    public Node[] Children => children;

    public override bool Matches(RawDocument document, MatchDetails? details)
    {
        foreach (var child in children)
            if (child.Matches(document, details))
                return true;
        return false;
    }

    public override IEnumerable<Condition> Conditions() => children.Length == 1 ? children[0].Conditions() : [];

    public override IEnumerable<(FieldPath Path, BsonValueRef Value)> Equalities() => children.Length == 1 ? children[0].Equalities() : [];
}

/// <summary>$nor, and $not over one.</summary>
internal sealed class NorNode(Node[] children) : Node
{
    public override bool Matches(RawDocument document, MatchDetails? details)
    {
        foreach (var child in children)
            if (child.Matches(document, null))
                return false;
        return true;
    }
}
