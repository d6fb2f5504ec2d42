namespace Loyalty.Campaigns;

/// <summary>What each entry of a pass that goes through many documents is about to look at: keys of memberships or coupons, ids of notices.</summary>
internal sealed class NoticeBatches
{
    public const int Size = 500;

    private readonly Dictionary<string, IReadOnlyList<string>> byEntry = new(StringComparer.Ordinal);

    public void Add(string entry, IReadOnlyList<string> keys) => byEntry.Add(entry, keys);

    public IReadOnlyList<string> Of(string entry) => byEntry.GetValueOrDefault(entry) ?? [];
}
