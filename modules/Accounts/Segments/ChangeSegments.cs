using Loyalty.Accounts.Contracts;

namespace Loyalty.Accounts;

/// <summary>A tenant has other segments: every account is placed by the new rules from now on, and the others by a chain that begins here.</summary>
internal sealed class ChangeSegments : EntryHandler<ChangeSegments.Body>
{
    [EntryKind("segments.rules")]
    internal sealed record Body(IReadOnlyList<SegmentRule> Rules);

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
    }

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        var segments = KeepSegments.Of(pass);
        segments = segments with { Rules = body.Rules, Version = segments.Version + 1, IsPlacingAll = true, ComputedAt = null };
        pass.Put(segments);
        pass.Start(new PlaceAll.Body(segments.Version));
        return Task.CompletedTask;
    }
}

/// <summary>Places all accounts of a tenant under changed rules. It goes by the time at which the rules changed.</summary>
internal sealed class PlaceAll(AccountStore accounts) : ChainHandler<PlaceAll.Body>
{
    /// <param name="Version">Of the rules.</param>
    [EntryKind("segments.place-all")]
    internal sealed record Body(long Version);

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
    }

    protected override void Needs(Needs needs, Entry entry, Body body, string item) => needs.Account(entry.Tenant, item);

    protected override async Task<IReadOnlyList<ChainItem>> NextAsync(
        Pass pass, Entry entry, Body body, string? after, int limit, CancellationToken cancellationToken) =>
        ChainItem.ById(await accounts.MatchingAsync(entry.Tenant, new Wanted([], entry.AcceptedAt, pass.Zone()), after, limit, cancellationToken));

    /// <summary>Note: if the rules have changed since, another chain has begun.</summary>
    protected override bool Continues(Pass pass, Entry entry, Body body) => pass.Find<TenantSegments>(entry.Tenant)?.Version == body.Version;

    protected override Task DecideAsync(Pass pass, Entry entry, Body body, string item)
    {
        if (pass.Account(entry.Tenant, item) is { } account)
            KeepSegments.Place(pass, KeepSegments.Of(pass), account);
        return Task.CompletedTask;
    }

    protected override Task CompletedAsync(Pass pass, Entry entry, Body body)
    {
        pass.Put(KeepSegments.Of(pass) with { IsPlacingAll = false, ComputedAt = entry.AcceptedAt });
        return Task.CompletedTask;
    }
}
