namespace Loyalty.Auth;

/// <summary>
/// Passwords and secrets are hashed here and nowhere else: on a quarter of the processors at most, and in turn for those who ask, so that
/// sixty registrations in one tenant leave the machine, and the sign-ins of the others, their share.
/// </summary>
internal sealed class Hashing
{
    private readonly int workers = Math.Max(1, Environment.ProcessorCount / 4);
    private readonly Lock gate = new();
    private readonly Dictionary<string, Queue<Action>> waiting = new(StringComparer.Ordinal);
    private readonly Queue<string> turns = new();
    private int busy;

    /// <summary>Hashes a new password.</summary>
    /// <param name="whose">Who shares a turn: a tenant and an address.</param>
    public Task<string> HashAsync(string whose, string password, CancellationToken cancellation) =>
        RunAsync(whose, () => Passwords.Hash(password), cancellation);

    public Task<bool> VerifyAsync(string whose, string password, string stored, CancellationToken cancellation) =>
        RunAsync(whose, () => Passwords.Verify(password, stored), cancellation);

    /// <summary>Runs work that keeps a processor busy, when it is the turn of whoever asks.</summary>
    public Task<T> RunAsync<T>(string whose, Func<T> work, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(whose, () => Complete(done, work, cancellation));
        return done.Task;
    }

    private static void Complete<T>(TaskCompletionSource<T> done, Func<T> work, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            done.TrySetCanceled(cancellation);
            return;
        }
        try
        {
            done.TrySetResult(work());
        }
        catch (Exception error)
        {
            done.TrySetException(error);
        }
    }

    private void Enqueue(string whose, Action work)
    {
        lock (gate)
        {
            if (!waiting.TryGetValue(whose, out var queue))
            {
                waiting[whose] = queue = new Queue<Action>();
                turns.Enqueue(whose);
            }
            queue.Enqueue(work);
            if (busy == workers)
                return;
            busy++;
        }
        _ = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void Work()
    {
        while (Next() is { } work)
            work();
    }

    /// <summary>One piece of work of whoever waits longest for a turn; null when nobody waits.</summary>
    private Action? Next()
    {
        lock (gate)
        {
            if (!turns.TryDequeue(out var whose))
            {
                busy--;
                return null;
            }
            var queue = waiting[whose];
            var work = queue.Dequeue();
            if (queue.Count > 0)
                turns.Enqueue(whose);
            else
                waiting.Remove(whose);
            return work;
        }
    }
}
