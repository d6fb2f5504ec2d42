namespace Loyalty.Events.Contracts;

/// <summary>Thrown by a listener to refuse an entry: all that was done for it is taken back, and the caller learns why.</summary>
public sealed class EntryRejectedException(EventProblem problem) : Exception(problem.Detail)
{
    public EventProblem Problem { get; } = problem;
}
