using System.Globalization;
using Loyalty.Accounts.Contracts;

namespace Loyalty.Accounts;

/// <summary>Once a day, after midnight in its zone, a tenant's accounts that time has moved to another segment are placed anew.</summary>
internal sealed class RunSegmentsDaily : EntryHandler<RunSegmentsDaily.Body>
{
    public const string Source = "accounts.segments";

    /// <param name="At">The midnight that is meant.</param>
    [EntryKind("segments.daily")]
    internal sealed record Body(DateTimeOffset At);

    public static DueItem ItemOf(TenantSegments segments) =>
        new(segments.Id, segments.NextRun, "Accounts whose segment changes as time passes are placed anew", new Body(segments.NextRun));

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
    }

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        if (pass.Find<TenantSegments>(entry.Tenant) is not { } segments || segments.NextRun > body.At)
            return Task.CompletedTask;
        pass.Put(segments with { NextRun = KeepSegments.NextMidnight(pass) });
        pass.Start(new PlaceDue.Body());
        return Task.CompletedTask;
    }
}

/// <summary>Places the accounts that time has moved to another segment.</summary>
internal sealed class PlaceDue(AccountStore accounts) : ChainHandler<PlaceDue.Body>
{
    [EntryKind("segments.place-due")]
    internal sealed record Body;

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
    }

    protected override void Needs(Needs needs, Entry entry, Body body, string item) => needs.Account(entry.Tenant, item);

    protected override async Task<IReadOnlyList<ChainItem>> NextAsync(
        Pass pass, Entry entry, Body body, string? after, int limit, CancellationToken cancellationToken) =>
        [.. (await accounts.SegmentDueAsync(entry.Tenant, entry.AcceptedAt, Read(after), limit, cancellationToken)).Select(due => new ChainItem(due.Id, Write(due)))];

    protected override Task DecideAsync(Pass pass, Entry entry, Body body, string item)
    {
        if (pass.Account(entry.Tenant, item) is { } account)
            KeepSegments.Place(pass, KeepSegments.Of(pass), account);
        return Task.CompletedTask;
    }

    protected override Task CompletedAsync(Pass pass, Entry entry, Body body)
    {
        if (pass.Find<TenantSegments>(entry.Tenant) is { IsPlacingAll: false } segments)
            pass.Put(segments with { ComputedAt = entry.AcceptedAt });
        return Task.CompletedTask;
    }

    private static string Write(DuePoint point) => $"{point.At.ToUnixTimeMilliseconds()} {point.Id}";

    private static DuePoint? Read(string? cursor) => cursor?.Split(' ', 2) is [var at, var id]
        ? new(DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture)), id)
        : null;
}
