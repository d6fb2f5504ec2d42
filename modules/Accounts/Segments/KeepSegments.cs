using Loyalty.Accounts.Contracts;

namespace Loyalty.Accounts;

/// <summary>Keeps accounts in their segments: whatever an entry has changed of an account, its segment follows in the same pass.</summary>
internal sealed class KeepSegments : IAfterEntry
{
    public async Task AfterEntryAsync(Pass pass)
    {
        var accounts = pass.Documents<Account>();
        foreach (var key in accounts.ChangedByEntry.ToArray())
        {
            var before = accounts.BeforeEntry(key) is { IsErased: false } known ? known : null;
            var after = accounts.Find(key) is { IsErased: false } changed ? Place(pass, Of(pass), changed) : null;
            if (before?.Segment != after?.Segment)
                await pass.PublishAsync(new SegmentChanged(pass, (before ?? after)!.Incarnation, before?.Segment, after?.Segment, pass.Now));
        }
    }

    public static Account Place(Pass pass, TenantSegments segments, Account account)
    {
        var placed = Segments.Place(segments.Rules, account, pass.Now, pass.Zone());
        if (placed != account)
            pass.Put(placed);
        return placed;
    }

    /// <summary>The segments of the entry's tenant. They come into being with its first account, and with them the daily run.</summary>
    public static TenantSegments Of(Pass pass)
    {
        if (pass.Find<TenantSegments>(pass.Entry.Tenant) is { } known)
            return known;
        var first = new TenantSegments { Id = pass.Entry.Tenant, ComputedAt = pass.Now, NextRun = NextMidnight(pass) };
        pass.Put(first);
        return first;
    }

    public static DateTimeOffset NextMidnight(Pass pass) => pass.Zone().EndOf(pass.Zone().DayOf(pass.Now));
}
