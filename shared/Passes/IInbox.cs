namespace Loyalty.Passes;

/// <summary>The one way to change anything: bring an entry, then read what was decided.</summary>
public interface IInbox
{
    /// <summary>
    /// Has entries decided and waits for it. Once they are durable this never throws: an entry that is not decided in time is
    /// answered as <see cref="OutcomeStatus.Accepted"/>.
    /// </summary>
    Task<IReadOnlyList<Outcome>> PostAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellationToken);

    /// <summary>Appends entries durably and does not wait.</summary>
    Task AppendAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellationToken);
}

public static class InboxCalls
{
    /// <summary>Has one entry decided. Null when it was applied; else the answer for whoever asked for it.</summary>
    public static async Task<Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult?> DecideAsync(this IInbox inbox, NewEntry entry) =>
        (await inbox.PostAsync([entry], CancellationToken.None))[0] switch
        {
            { Problem: { } refused } => refused.ToResult(),
            { Status: OutcomeStatus.Accepted } => EntryProblem.NotYetDecided(),
            _ => null,
        };
}
