namespace Loyalty.Passes;

/// <summary>Thrown by a handler to refuse an entry: all that was done for it is taken back, and the caller learns why.</summary>
public sealed class EntryRejectedException(EntryProblem problem) : Exception(problem.Detail)
{
    public EntryRejectedException(int status, string code, string detail) : this(EntryProblem.Of(code, detail, status))
    {
    }

    public EntryProblem Problem { get; } = problem;
}
