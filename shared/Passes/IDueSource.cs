namespace Loyalty.Passes;

/// <summary>
/// Documents that fall due at a time: a campaign's start, a coupon's expiry. A job of the host that decides appends an entry for each, and
/// the pass that decides the entry clears or moves the due time. What has been asked for once and is still due does not stand in the way of
/// what falls due after it.
/// </summary>
public interface IDueSource
{
    /// <summary>What they are called where an operator sees them, such as <c>campaigns.activity</c>.</summary>
    string Name { get; }

    Task CreateIndexesAsync(CancellationToken cancellationToken);

    /// <summary>What falls due next, soonest first.</summary>
    /// <param name="tenant">Of this tenant; null: of all.</param>
    /// <param name="after">Only what comes after this point.</param>
    Task<IReadOnlyList<DueEntry>> NextAsync(string? tenant, DuePoint? after, int limit, CancellationToken cancellationToken);
}

/// <summary>What is to be done when a document falls due.</summary>
/// <param name="What">In words for an operator; it names no person.</param>
/// <param name="Body">Of the entry that is appended then.</param>
/// <param name="Subject">Whom the entry concerns.</param>
public sealed record DueItem(string Tenant, DateTimeOffset At, string What, object Body, string? Subject = null);

/// <summary>A place in the order in which documents fall due.</summary>
public readonly record struct DuePoint(DateTimeOffset At, string Id);

/// <summary>One document that falls due.</summary>
/// <param name="Entry">Its id names the document as it is and the due time, so that a missed, repeated or doubled firing is harmless.</param>
public sealed record DueEntry(DuePoint Point, string What, NewEntry Entry);
