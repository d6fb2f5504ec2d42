using System.Text.Json;

namespace Loyalty.Passes;

/// <summary>What has been said of a subject.</summary>
public interface IEntryLog
{
    /// <summary>The newest entries that concern it, newest first, as long as the inbox keeps them.</summary>
    Task<IReadOnlyList<LoggedEntry>> OfSubjectAsync(string tenant, string subject, int most, CancellationToken cancellationToken);
}

/// <summary>An entry as it was said.</summary>
/// <param name="Kind">What it is, such as <c>ORDER</c>.</param>
/// <param name="At">When it happened.</param>
/// <param name="AcceptedAt">When it was acknowledged.</param>
/// <param name="Outcome">What became of it; absent: it is not decided yet.</param>
/// <param name="Body">What it said.</param>
public sealed record LoggedEntry(string Kind, DateTimeOffset At, DateTimeOffset AcceptedAt, OutcomeStatus? Outcome, JsonElement Body);
