namespace Loyalty.Events.Contracts;

/// <summary>Thrown by a listener to refuse an entry: all that was done for it is taken back, and the caller learns why.</summary>
public sealed class EntryRejectedException(EventProblem problem) : Exception(problem.Detail)
{
    public EntryRejectedException(int status, string code, string detail) : this(EventProblem.Of(code, detail, status))
    {
    }

    public EventProblem Problem { get; } = problem;
}
