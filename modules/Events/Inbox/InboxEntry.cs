using Loyalty.Events.Contracts;

namespace Loyalty.Events;

internal enum EntryState
{
    /// <summary>Acknowledged, to be decided.</summary>
    Pending,

    /// <summary>Behind a parked entry of the same account.</summary>
    Waiting,

    /// <summary>Deciding it failed; an operator retries or discards it.</summary>
    Parked,

    Done,
}

/// <summary>An entry as stored in <c>events.inbox</c>.</summary>
internal sealed record InboxEntry
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required string EventId { get; init; }

    public required string Kind { get; init; }

    public string? Account { get; init; }

    public string? Card { get; init; }

    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public required long Position { get; init; }

    public required string Body { get; init; }

    /// <summary>Drawn for each call, so that a caller can tell his entry from the same that another host was handed at the same moment.</summary>
    public long Sender { get; init; }

    public EntryState State { get; init; }

    public Outcome? Outcome { get; init; }

    /// <summary>Why it is parked.</summary>
    public string? Error { get; init; }

    /// <summary>Set when done: the store forgets it then, and with it the event id.</summary>
    public DateTimeOffset? ExpireAt { get; init; }

    /// <summary>The pass that has decided it last. What an earlier one said does not come after that.</summary>
    public long? LastPass { get; init; }

    public static InboxEntry Of(NewEntry entry, DateTimeOffset acceptedAt, long position) => new()
    {
        Id = entry.Id,
        Tenant = entry.Tenant,
        EventId = entry.EventId,
        Kind = entry.Kind,
        Account = entry.Account,
        Card = entry.Card,
        At = entry.At,
        AcceptedAt = acceptedAt,
        Position = position,
        Body = entry.Body,
    };

    public InboxEntry With(Mark mark) => this with
    {
        State = mark.State,
        Outcome = mark.Outcome,
        Account = mark.Account,
        Error = mark.Error,
        ExpireAt = mark.ExpireAt,
    };

    public Entry ToEntry() => new()
    {
        Id = Id,
        Tenant = Tenant,
        EventId = EventId,
        Kind = Kind,
        Account = Account,
        Card = Card,
        At = At,
        AcceptedAt = AcceptedAt,
        Position = Position,
        Body = Body,
    };
}
