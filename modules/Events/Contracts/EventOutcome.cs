
namespace Loyalty.Events.Contracts;

/// <summary>What became of one event.</summary>
public sealed record EventOutcome
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

    public EntryProblem? Problem { get; init; }

    /// <summary>The outcome of the first event with this id.</summary>
    public EventOutcome? First { get; init; }

    public static EventOutcome Of(Outcome outcome)
    {
        var details = outcome.Details as EventDetails;
        return new()
        {
            Status = outcome.Status,
            EventId = outcome.EventId,
            Account = outcome.Subject,
            UnusableCoupons = details?.UnusableCoupons,
            Erased = details?.Erased,
            Problem = outcome.Problem,
            First = outcome.First is { } first ? Of(first) : null,
        };
    }

    public static EventOutcome Rejected(EntryProblem problem, string? eventId) => Of(Outcome.Rejected(problem, eventId));
}
