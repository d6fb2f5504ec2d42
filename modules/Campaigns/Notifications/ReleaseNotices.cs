namespace Loyalty.Campaigns;

/// <summary>A campaign goes on after a pause: notices that fell due meanwhile are sent now, or dropped where the pause is skipped.</summary>
internal sealed class ReleaseNotices(NoticeStore store) : ChainHandler<ReleaseNotices.Body>
{
    private const string Paused = "The campaign was paused when it was due.";

    [EntryKind("campaign.notice.release")]
    internal sealed record Body(string Campaign, bool Skip);

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
    }

    protected override void Needs(Needs needs, Entry entry, Body body, string item) => needs.Document<Notice>(item);

    protected override async Task<IReadOnlyList<ChainItem>> NextAsync(
        Pass pass, Entry entry, Body body, string? after, int limit, CancellationToken cancellationToken) =>
        ChainItem.ById(await store.OpenAsync(entry.Tenant, body.Campaign, after, limit, cancellationToken));

    protected override Task DecideAsync(Pass pass, Entry entry, Body body, string item)
    {
        if (pass.Find<Notice>(item) is { IsHeld: true } notice)
            pass.Put(body.Skip ? notice.Settled(NoticeStatus.Dropped, Paused, entry.AcceptedAt) : notice with { IsHeld = false, DueAt = entry.AcceptedAt });
        return Task.CompletedTask;
    }
}
