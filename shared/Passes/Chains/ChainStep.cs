namespace Loyalty.Passes.Chains;

/// <summary>The step of a chain that a pass decides: the chain, and the items that it looks at.</summary>
internal sealed record ChainStep(IChainHandler Handler, Chain Chain, IReadOnlyList<Unit> Items)
{
    /// <summary>A step makes room for callers after this long.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromMilliseconds(20);

    /// <summary>A step adds no more to a record than this, unless it is for one item.</summary>
    public const long Bytes = 2 * 1024 * 1024;
}
