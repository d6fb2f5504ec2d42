namespace Loyalty.Passes.Deciding;

/// <summary>
/// Entries whose pass could not be recorded, in ever smaller groups, until the one at fault is alone: first by tenant, then by what they share,
/// then in their order.
/// </summary>
internal sealed class Suspects(Func<Entry, IReadOnlyCollection<string>> keysOf)
{
    private readonly LinkedList<InboxEntry[]> groups = [];

    public bool IsEmpty => groups.Count == 0;

    public InboxEntry[] Take()
    {
        var first = groups.First!.Value;
        groups.RemoveFirst();
        return first;
    }

    public void Clear() => groups.Clear();

    /// <summary>Splits a group of several that has failed.</summary>
    public void Split(InboxEntry[] failed)
    {
        var (one, other) = Halves(failed);
        groups.AddFirst(other);
        groups.AddFirst(one);
    }

    private (InboxEntry[], InboxEntry[]) Halves(InboxEntry[] failed)
    {
        var tenants = failed.GroupBy(entry => entry.Tenant).ToArray();
        if (tenants.Length > 1)
            return Halves(tenants.Select(tenant => tenant.ToArray()).ToArray());
        var related = Related(failed);
        return related.Length > 1 ? Halves(related) : (failed[..(failed.Length / 2)], failed[(failed.Length / 2)..]);
    }

    private static (InboxEntry[], InboxEntry[]) Halves(InboxEntry[][] groups) =>
        (InOrder(groups[..(groups.Length / 2)]), InOrder(groups[(groups.Length / 2)..]));

    private static InboxEntry[] InOrder(IEnumerable<InboxEntry[]> groups) => [.. groups.SelectMany(group => group).OrderBy(entry => entry.Position)];

    /// <summary>Entries that share a key, directly or through others, stay together.</summary>
    private InboxEntry[][] Related(InboxEntry[] entries)
    {
        var groupOf = new Dictionary<string, List<InboxEntry>>(StringComparer.Ordinal);
        var all = new List<List<InboxEntry>>();
        foreach (var entry in entries)
        {
            var keys = keysOf(entry.ToEntry());
            var joined = new List<InboxEntry> { entry };
            foreach (var known in keys.Select(key => groupOf.GetValueOrDefault(key)).OfType<List<InboxEntry>>().Distinct().ToArray())
            {
                joined.AddRange(known);
                all.Remove(known);
                foreach (var key in groupOf.Where(pair => pair.Value == known).Select(pair => pair.Key).ToArray())
                    groupOf[key] = joined;
            }
            foreach (var key in keys)
                groupOf[key] = joined;
            all.Add(joined);
        }
        return [.. all.Select(group => group.ToArray())];
    }
}
