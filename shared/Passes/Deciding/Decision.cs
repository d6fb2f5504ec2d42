namespace Loyalty.Passes.Deciding;

/// <summary>What a batch came to, before it is recorded.</summary>
/// <param name="Updates">What the inbox is told of the entries. Those that are not among them stay as they are.</param>
/// <param name="IsFull">The record has no room for more; entries were left for the next pass.</param>
/// <param name="HadStep">A step of a chain was among the entries.</param>
internal sealed record Decision(Pass Pass, IReadOnlyList<InboxUpdate> Updates, bool IsFull, bool HadStep)
{
    /// <summary>
    /// Whether the next pass may begin before the inbox knows of this one. Note: it may not where an entry is released, because the next pass
    /// reads in the inbox that it is to be decided before later ones.
    /// </summary>
    public bool MayBeWrittenLater => Pass.Releases.Count == 0;
}
