namespace Loyalty.Passes.Deciding;

/// <summary>What parked and waiting entries keep others from: whoever shares a key with one of them and comes after it has to wait.</summary>
internal sealed class BlockedKeys
{
    private readonly Dictionary<string, SortedSet<(long Position, string Entry)>> byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Position, IReadOnlyCollection<string> Keys)> byEntry = new(StringComparer.Ordinal);

    public void Clear()
    {
        byKey.Clear();
        byEntry.Clear();
    }

    public int Count => byEntry.Count;

    public void Add(string entry, long position, IReadOnlyCollection<string> keys)
    {
        Remove(entry);
        byEntry[entry] = (position, keys);
        foreach (var key in keys)
        {
            if (!byKey.TryGetValue(key, out var blockers))
                byKey.Add(key, blockers = []);
            blockers.Add((position, entry));
        }
    }

    public void Remove(string entry)
    {
        if (!byEntry.Remove(entry, out var known))
            return;
        foreach (var key in known.Keys)
            if (byKey.TryGetValue(key, out var blockers) && blockers.Remove((known.Position, entry)) && blockers.Count == 0)
                byKey.Remove(key);
    }

    public bool Blocks(long position, IEnumerable<string> keys) =>
        byEntry.Count > 0 && keys.Any(key => byKey.TryGetValue(key, out var blockers) && blockers.Min.Position < position);
}
