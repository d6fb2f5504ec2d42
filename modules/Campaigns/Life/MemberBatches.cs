namespace Loyalty.Campaigns;

/// <summary>The accounts that each entry of a chain is about to enrol, or to let go.</summary>
internal sealed class MemberBatches
{
    public const int Size = 500;

    private readonly Dictionary<string, IReadOnlyList<string>> byEntry = [];

    public void Add(string entry, IReadOnlyList<string> accounts) => byEntry.Add(entry, accounts);

    public IReadOnlyList<string> Of(string entry) => byEntry.GetValueOrDefault(entry) ?? [];
}
