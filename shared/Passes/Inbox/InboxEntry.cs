namespace Loyalty.Passes.Inbox;

internal enum EntryState
{
    /// <summary>Acknowledged, to be decided.</summary>
    Pending,

    /// <summary>Shares a key with a parked or waiting entry that comes before it.</summary>
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

    /// <summary>Empty once the subject is erased.</summary>
    public required string EventId { get; init; }

    public required string Kind { get; init; }

    public string? Subject { get; init; }

    /// <summary>Whom else the entry names.</summary>
    public IReadOnlyList<string>? Others { get; init; }

    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public required long Position { get; init; }

    public Sender? Sender { get; init; }

    public required string Body { get; init; }

    /// <summary>Drawn for each call, so that a caller can tell its entry from the same one that another host was handed at the same moment.</summary>
    public long Call { get; init; }

    public EntryState State { get; init; }

    public Outcome? Outcome { get; init; }

    /// <summary>Why it is parked.</summary>
    public string? Error { get; init; }

    /// <summary>While it is parked or waiting: what it shares with the entries that wait behind it.</summary>
    public IReadOnlyList<string>? Keys { get; init; }

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
        Subject = entry.Subject,
        At = entry.At,
        AcceptedAt = acceptedAt,
        Position = position,
        Sender = entry.Sender,
        Body = entry.Body,
    };

    public InboxEntry With(InboxUpdate update) => this with
    {
        State = update.State,
        Outcome = update.Outcome,
        Subject = update.Subject,
        Others = update.Others,
        Error = update.Error,
        Keys = update.Keys,
        ExpireAt = update.ExpireAt,
    };

    public Entry ToEntry() => new()
    {
        Id = Id,
        Tenant = Tenant,
        EventId = EventId,
        Kind = Kind,
        Subject = Subject,
        At = At,
        AcceptedAt = AcceptedAt,
        Position = Position,
        Sender = Sender,
        Body = Body,
    };
}
