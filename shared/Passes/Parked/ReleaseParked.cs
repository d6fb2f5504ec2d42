namespace Loyalty.Passes.Parked;

/// <summary>An operator has a parked entry decided again.</summary>
internal sealed class RetryParked(InboxStore inbox) : EntryHandler<RetryParked.Body, ParkedEntry>
{
    [EntryKind("passes.retry")]
    internal sealed record Body(string EventId);

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
    }

    protected override Task<ParkedEntry> ReadAsync(Pass pass, Entry entry, Body body, CancellationToken cancellationToken) =>
        ParkedEntry.FindAsync(inbox, entry.Tenant, body.EventId, cancellationToken);

    protected override Task DecideAsync(Pass pass, Entry entry, Body body, ParkedEntry prepared)
    {
        pass.Release([InboxUpdate.Release(prepared.OrRefuse(body.EventId))]);
        pass.Append(new WakeWaiting.Body(0));
        return Task.CompletedTask;
    }
}

/// <summary>An operator gives a parked entry up: it is answered as rejected from then on.</summary>
internal sealed class DiscardParked(InboxStore inbox, PassesOptions options) : EntryHandler<DiscardParked.Body, ParkedEntry>
{
    [EntryKind("passes.discard")]
    internal sealed record Body(string EventId);

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
    }

    protected override Task<ParkedEntry> ReadAsync(Pass pass, Entry entry, Body body, CancellationToken cancellationToken) =>
        ParkedEntry.FindAsync(inbox, entry.Tenant, body.EventId, cancellationToken);

    protected override Task DecideAsync(Pass pass, Entry entry, Body body, ParkedEntry prepared)
    {
        var parked = prepared.OrRefuse(body.EventId);
        var outcome = Outcome.Rejected(EntryProblem.Of("discarded", "An operator has discarded this event: it could not be applied.", 409), parked.EventId);
        pass.Release([new(parked.Id, parked.Position, EntryState.Done, outcome, parked.Subject, parked.Error, entry.AcceptedAt + options.Retention, parked.Others, null)]);
        pass.Append(new WakeWaiting.Body(0));
        return Task.CompletedTask;
    }
}

/// <summary>
/// Has the entries of a tenant that wait behind others decided again, in their order, slice by slice. Those that share a key with another
/// parked entry are put back to wait.
/// </summary>
internal sealed class WakeWaiting(InboxStore inbox) : EntryHandler<WakeWaiting.Body, WaitingEntries>
{
    private const int Slice = 500;

    /// <param name="After">The position of the last one that was woken.</param>
    [EntryKind("passes.wake")]
    internal sealed record Body(long After);

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
    }

    protected override async Task<WaitingEntries> ReadAsync(Pass pass, Entry entry, Body body, CancellationToken cancellationToken) =>
        new(await inbox.WaitingAsync(entry.Tenant, body.After, Slice, cancellationToken));

    protected override Task DecideAsync(Pass pass, Entry entry, Body body, WaitingEntries prepared)
    {
        pass.Release(prepared.Entries.Select(InboxUpdate.Release));
        if (prepared.Entries.Count == Slice)
            pass.Append(new Body(prepared.Entries[^1].Position));
        return Task.CompletedTask;
    }
}

internal sealed record WaitingEntries(IReadOnlyList<InboxEntry> Entries);

internal sealed record ParkedEntry(InboxEntry? Entry)
{
    public static async Task<ParkedEntry> FindAsync(InboxStore inbox, string tenant, string eventId, CancellationToken cancellationToken) =>
        new((await inbox.FindAsync([EntryId.Of(tenant, eventId)], cancellationToken)).Values.SingleOrDefault(entry => entry.State == EntryState.Parked));

    public InboxEntry OrRefuse(string eventId) =>
        Entry ?? throw new EntryRejectedException(EntryProblem.Of("not_parked", $"No event {eventId} is parked.", 404));
}
