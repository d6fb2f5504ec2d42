namespace Loyalty.Events.Contracts;

/// <summary>The one way to change anything: append an entry, then read what was decided.</summary>
public interface IInbox
{
    /// <summary>
    /// Appends entries durably and waits until they are decided. Once the append has succeeded this never throws: an
    /// entry that is not decided in time is answered as <see cref="OutcomeStatus.Accepted"/>.
    /// </summary>
    Task<IReadOnlyList<Outcome>> PostAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellationToken);

    /// <summary>Appends entries durably and does not wait.</summary>
    Task AppendAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellationToken);
}
