namespace Loyalty.Passes;

/// <summary>What became of entries, by the ids of their documents.</summary>
public interface IOutcomes
{
    /// <summary>Those that are known; an entry that is not decided yet is <see cref="OutcomeStatus.Accepted"/>.</summary>
    Task<IReadOnlyDictionary<string, Outcome>> FindAsync(IReadOnlyCollection<string> entries, CancellationToken cancellationToken);
}
