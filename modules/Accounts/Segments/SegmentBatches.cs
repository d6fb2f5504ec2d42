namespace Loyalty.Accounts;

/// <summary>The accounts that each entry of a pass is to place.</summary>
internal sealed class SegmentBatches
{
    public const int Size = 500;

    private readonly Dictionary<string, IReadOnlyList<string>> ids = new(StringComparer.Ordinal);

    public void Add(string entry, IReadOnlyList<string> accounts) => ids[entry] = accounts;

    public IReadOnlyList<string> Of(string entry) => ids.GetValueOrDefault(entry, []);
}
