namespace Loyalty.Events.Contracts;

/// <summary>
/// Things in a module's documents that fall due at a time: a campaign's start, a coupon's expiry. The documents say what is due; a job
/// of the host that decides appends an entry for each, and the pass that decides the entry clears or moves the due time.
/// </summary>
public interface IDue
{
    /// <summary>What they are called where an operator sees them, such as <c>campaigns.activity</c>.</summary>
    string Name { get; }

    /// <summary>What falls due next, soonest first.</summary>
    /// <param name="tenant">Of this tenant; null: of all.</param>
    Task<IReadOnlyList<DueItem>> NextAsync(string? tenant, int limit, CancellationToken cancellationToken);
}

/// <summary>One thing that falls due.</summary>
/// <param name="What">In words for an operator; it names no person.</param>
/// <param name="Entry">What is appended then. Its id names the thing and the due time, so that a missed, repeated or doubled firing is harmless.</param>
public sealed record DueItem(DateTimeOffset At, string What, NewEntry Entry);
