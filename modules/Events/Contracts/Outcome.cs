namespace Loyalty.Events.Contracts;

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
    /// <summary>
    /// APPLIED: it has taken effect. DUPLICATE: this event id was already known and nothing changed; <c>first</c> says what
    /// became of it then. REJECTED: nothing changed; <c>problem</c> says why. ACCEPTED: durable, not yet decided.
    /// </summary>
    public required OutcomeStatus Status { get; init; }

    /// <summary>The id under which the event is known; a repeat of it changes nothing.</summary>
    public string? EventId { get; init; }

    /// <summary>The account that the event concerned.</summary>
    public string? Account { get; init; }

    /// <summary>Coupons that an order named and that could not be used, each with the reason. The order itself counts.</summary>
    public IReadOnlyList<UnusableCoupon>? UnusableCoupons { get; init; }

    /// <summary>What an erasure has removed, by what it was: how many.</summary>
    public IReadOnlyDictionary<string, int>? Erased { get; init; }

    public EventProblem? Problem { get; init; }

    /// <summary>The outcome of the first event with this id.</summary>
    public Outcome? First { get; init; }

    public static Outcome Rejected(EventProblem problem, string? eventId = null) =>
        new() { Status = OutcomeStatus.Rejected, Problem = problem, EventId = eventId };
}

/// <summary>A coupon that an order named in vain.</summary>
/// <param name="Coupon">The code as the order named it.</param>
/// <param name="Reason">NOT_FOUND, USED, EXPIRED, VOID, HELD or LOCKED.</param>
public sealed record UnusableCoupon(string Coupon, string Reason);

/// <summary>Why an event was rejected, and what to change before sending it again.</summary>
public sealed record EventProblem
{
    /// <summary>A stable word for programs.</summary>
    public required string Code { get; init; }

    /// <summary>A sentence for people.</summary>
    public required string Detail { get; init; }

    /// <summary>The HTTP status that fits the problem.</summary>
    public int Status { get; init; } = 400;

    /// <summary>JSON paths inside the event, each with what is wrong there.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    public static EventProblem Of(string code, string detail, int status = 400) => new() { Code = code, Detail = detail, Status = status };

    public static EventProblem OfField(string field, string message, string code = "validation", int status = 400) => new()
    {
        Code = code,
        Detail = message,
        Status = status,
        Errors = new Dictionary<string, string[]> { [field] = [message] },
    };
}
