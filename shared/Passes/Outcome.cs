namespace Loyalty.Passes;

public enum OutcomeStatus
{
    Applied,
    Duplicate,
    Rejected,
    Accepted,
}

/// <summary>What became of one entry.</summary>
public sealed record Outcome
{
    public required OutcomeStatus Status { get; init; }

    /// <summary>The id under which the entry is known; a repeat of it changes nothing.</summary>
    public string? EventId { get; init; }

    /// <summary>Whom the entry concerned.</summary>
    public string? Subject { get; init; }

    /// <summary>What modules tell about it.</summary>
    public OutcomeDetails? Details { get; init; }

    public EntryProblem? Problem { get; init; }

    /// <summary>The outcome of the first entry with this id.</summary>
    public Outcome? First { get; init; }

    public static Outcome Rejected(EntryProblem problem, string? eventId = null) =>
        new() { Status = OutcomeStatus.Rejected, Problem = problem, EventId = eventId };

    /// <summary>Durable, not yet decided.</summary>
    public static Outcome Accepted(string? eventId) => new() { Status = OutcomeStatus.Accepted, EventId = eventId };

    /// <summary>The answer to a repeat of an entry that had this outcome.</summary>
    public Outcome Repeated() => new() { Status = OutcomeStatus.Duplicate, EventId = EventId, Subject = Subject, First = this };
}

/// <summary>What modules tell about an entry beyond its status. The module that takes entries in from outside derives the one type of it.</summary>
public abstract record OutcomeDetails;
