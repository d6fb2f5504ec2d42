using EmbeddedStore.Bson;

namespace EmbeddedStore.Query;

/// <summary>A part of a filter that a whole document meets or not.</summary>
internal abstract class Node
{
    public abstract bool Matches(RawDocument document, MatchDetails? details);

    /// <summary>Adds what every document that meets this part must meet.</summary>
    public virtual void AddConditions(List<Condition> conditions)
    {
    }

    /// <summary>The values an upsert takes from this part.</summary>
    public virtual IEnumerable<(FieldPath Path, BsonValueRef Value)> Equalities() => [];
}

/// <summary>Where in the outermost array a match was found, for the positional operator.</summary>
internal sealed class MatchDetails
{
    public int ArrayIndex { get; set; } = -1;
}
