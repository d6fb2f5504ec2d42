using System.Collections.Concurrent;

namespace EmbeddedStore.Commands;

/// <summary>Cursors that have more to give. One that nobody asks for ten minutes is forgotten, as in MongoDB.</summary>
internal sealed class Cursors : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<long, Cursor> open = [];
    private readonly TimeProvider clock;
    private readonly ITimer sweep;

    public Cursors(TimeProvider clock)
    {
        this.clock = clock;
        sweep = clock.CreateTimer(_ => Sweep(), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
    }

    public int Count => open.Count;

    public void Add(Cursor cursor)
    {
        cursor.LastUse = clock.GetUtcNow();
        do
            cursor.Id = Random.Shared.NextInt64(1, long.MaxValue);
        while (!open.TryAdd(cursor.Id, cursor));
    }

    /// <summary>Takes the cursor out while it is being read; <see cref="PutBack"/> returns it.</summary>
    public Cursor Take(long id, string ns)
    {
        if (!open.TryRemove(id, out var cursor))
            throw new CommandException(43, "CursorNotFound", $"cursor id {id} not found");
        if (cursor.Namespace == ns)
            return cursor;
        open[id] = cursor;
        throw new CommandException(13, "Unauthorized", $"Requested getMore on namespace '{ns}', but cursor belongs to a different namespace {cursor.Namespace}");
    }

    public void PutBack(Cursor cursor)
    {
        cursor.LastUse = clock.GetUtcNow();
        open[cursor.Id] = cursor;
    }

    public bool Kill(long id)
    {
        if (!open.TryRemove(id, out var cursor))
            return false;
        cursor.Dispose();
        return true;
    }

    public void Dispose()
    {
        sweep.Dispose();
        foreach (var id in open.Keys)
            Kill(id);
    }

    private void Sweep()
    {
        foreach (var cursor in open.Values)
            if (!cursor.NeverExpires && clock.GetUtcNow() - cursor.LastUse > Idle)
                Kill(cursor.Id);
    }
}
