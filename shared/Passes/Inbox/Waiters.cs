
namespace Loyalty.Passes.Inbox;

/// <summary>The requests on this host that wait for entries to be decided.</summary>
internal sealed class Waiters
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<Waiting>> byEntry = new(StringComparer.Ordinal);

    public Waiting For(IEnumerable<string> entries)
    {
        var waiting = new Waiting(this, [.. entries.Distinct()]);
        lock (gate)
        {
            foreach (var id in waiting.Ids)
            {
                if (!byEntry.TryGetValue(id, out var list))
                    byEntry.Add(id, list = []);
                list.Add(waiting);
            }
        }
        return waiting;
    }

    public void Tell(string entry, Outcome outcome)
    {
        Waiting[] listeners;
        lock (gate)
            listeners = byEntry.TryGetValue(entry, out var list) ? [.. list] : [];
        foreach (var waiting in listeners)
            waiting.Complete(entry, outcome);
    }

    public void Forget(Waiting waiting)
    {
        lock (gate)
        {
            foreach (var id in waiting.Ids)
                if (byEntry.TryGetValue(id, out var list) && list.Remove(waiting) && list.Count == 0)
                    byEntry.Remove(id);
        }
    }
}

/// <summary>One request's wait for its entries.</summary>
internal sealed class Waiting(Waiters owner, string[] ids) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Outcome> outcomes = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<string> Ids => ids;

    public Task All => ids.Length == 0 ? Task.CompletedTask : all.Task;

    public void Complete(string id, Outcome outcome)
    {
        lock (gate)
        {
            outcomes.TryAdd(id, outcome);
            if (outcomes.Count == ids.Length)
                all.TrySetResult();
        }
    }

    public IReadOnlyList<string> Open()
    {
        lock (gate)
            return [.. ids.Where(id => !outcomes.ContainsKey(id))];
    }

    public Dictionary<string, Outcome> Outcomes()
    {
        lock (gate)
            return new(outcomes, StringComparer.Ordinal);
    }

    public void Dispose() => owner.Forget(this);
}
