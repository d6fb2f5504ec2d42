using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>Once a day, after midnight in its zone, a tenant's accounts that time has moved to another segment are placed anew.</summary>
internal sealed class SegmentsDue(SegmentStore store) : IDue
{
    public const string Source = "accounts.segments";

    public string Name => Source;

    public async Task<IReadOnlyList<DueItem>> NextAsync(string? tenant, int limit, CancellationToken cancellationToken) =>
    [
        .. (await store.NextAsync(tenant, limit, cancellationToken)).Select(segments => new DueItem(
            segments.NextRun, "Accounts whose segment changes as time passes are placed anew", SegmentEntries.DailyOf(segments.Tenant, segments.NextRun))),
    ];
}
