using EmbeddedStore.Bson;

namespace EmbeddedStore.Query;

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

    public override void AddConditions(List<Condition> conditions)
    {
        foreach (var child in children)
            child.AddConditions(conditions);
    }

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

    public override void AddConditions(List<Condition> conditions)
    {
        if (children.Length == 1)
            children[0].AddConditions(conditions);
    }

    public override IEnumerable<(FieldPath Path, BsonValueRef Value)> Equalities() => children.Length == 1 ? children[0].Equalities() : [];
}

/// <summary>$nor, and $not, $ne, $nin and $exists: false over one.</summary>
internal sealed class NorNode(Node[] children) : Node
{
    public Node[] Children => children;

    public override bool Matches(RawDocument document, MatchDetails? details)
    {
        foreach (var child in children)
            if (child.Matches(document, null))
                return false;
        return true;
    }
}
