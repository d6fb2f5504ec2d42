namespace Loyalty.Campaigns;

/// <summary>The accounts that each enrolling entry of a pass is about to enrol.</summary>
internal sealed class EnrolBatches
{
    public const int Size = 500;

    private readonly Dictionary<string, IReadOnlyList<string>> byEntry = [];

    public void Add(string entry, IReadOnlyList<string> accounts) => byEntry.Add(entry, accounts);

    public IReadOnlyList<string> Of(string entry) => byEntry.GetValueOrDefault(entry) ?? [];
}
