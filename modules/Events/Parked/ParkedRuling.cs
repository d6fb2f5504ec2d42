using Loyalty.Events.Contracts;
using MediatR;

namespace Loyalty.Events;

/// <summary>What an operator says is to become of a parked entry.</summary>
internal sealed record ParkedRuling(string EventId)
{
    public const string Retry = "events.retry";
    public const string Discard = "events.discard";
}

/// <summary>Releases a parked entry, to be decided again or never, and those that waited behind it.</summary>
internal sealed class OnParkedRuling(EventsOptions options) : INotificationHandler<EventHappened>
{
    public Task Handle(EventHappened notification, CancellationToken cancellationToken)
    {
        var (pass, entry) = notification;
        if (entry.Kind is not (ParkedRuling.Retry or ParkedRuling.Discard))
            return Task.CompletedTask;
        var id = entry.Read<ParkedRuling>().EventId;
        if (!pass.Held<ParkedEntries>().Parked.TryGetValue(Key.Of(entry.Tenant, id), out var parked) || parked.State != EntryState.Parked)
            throw new EntryRejectedException(EventProblem.Of("not_parked", $"No event {id} is parked.", 404));
        var behind = pass.Held<ParkedEntries>().Waiting.Where(waiting => waiting.Tenant == parked.Tenant && waiting.Account == parked.Account);
        pass.Release(
            parked.Account is null ? null : Key.Of(parked.Tenant, parked.Account),
            [entry.Kind == ParkedRuling.Retry ? Again(parked) : Discarded(parked, entry), .. parked.Account is null ? [] : behind.Select(Again)]);
        return Task.CompletedTask;
    }

    private static Mark Again(InboxEntry entry) => new(entry.Id, entry.Position, EntryState.Pending, Undecided(entry), entry.Account, null, null);

    private static Outcome Undecided(InboxEntry entry) => new() { Status = OutcomeStatus.Accepted, EventId = entry.EventId };

    private Mark Discarded(InboxEntry parked, Entry ruling) => new(
        parked.Id, parked.Position, EntryState.Done,
        Outcome.Rejected(EventProblem.Of("discarded", "An operator has discarded this event: it could not be applied.", 409), parked.EventId),
        parked.Account, parked.Error, ruling.AcceptedAt + options.Retention);
}
