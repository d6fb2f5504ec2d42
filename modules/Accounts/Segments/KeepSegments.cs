using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using MediatR;

namespace Loyalty.Accounts;

/// <summary>Keeps accounts in their segments: whatever an entry has changed of an account, its segment follows in the same pass.</summary>
internal static class KeepSegments
{
    public static async Task ApplyAsync(Pass pass, IMediator mediator)
    {
        var accounts = pass.Documents<Account>();
        foreach (var key in accounts.ChangedByEntry.ToArray())
        {
            var before = accounts.BeforeEntry(key) is { IsErased: false } known ? known : null;
            var after = accounts.Find(key) is { IsErased: false } changed ? Place(pass, Of(pass), changed) : null;
            if (before?.Segment != after?.Segment)
                await mediator.Publish(new SegmentChanged(pass, (before ?? after)!.Incarnation, before?.Segment, after?.Segment, pass.Entry.AcceptedAt));
        }
    }

    public static Account Place(Pass pass, TenantSegments segments, Account account)
    {
        var placed = Segments.Place(segments.Rules, account, pass.Entry.AcceptedAt, pass.Zone());
        if (placed != account)
            pass.Documents<Account>().Put(placed);
        return placed;
    }

    /// <summary>The segments of the entry's tenant. They come into being with its first account, and with them the daily run.</summary>
    public static TenantSegments Of(Pass pass)
    {
        var documents = pass.Documents<TenantSegments>();
        if (documents.Find(pass.Entry.Tenant) is { } known)
            return known;
        var first = new TenantSegments { Tenant = pass.Entry.Tenant, ComputedAt = pass.Entry.AcceptedAt, NextRun = NextMidnight(pass) };
        documents.Put(first);
        pass.FallsDue(SegmentsDue.Source, first.NextRun);
        return first;
    }

    public static DateTimeOffset NextMidnight(Pass pass) => pass.Zone().EndOf(pass.Zone().DayOf(pass.Entry.AcceptedAt));
}
