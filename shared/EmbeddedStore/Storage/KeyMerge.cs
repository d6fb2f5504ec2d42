namespace EmbeddedStore.Storage;

/// <summary>Walks several sorted runs as if they were one.</summary>
internal sealed class KeyMerge
{
    // Note: a heap; the run with the least entry comes first.
    private readonly List<(KeyRun Run, int At)> heap = [];

    public KeyMerge(IEnumerable<KeyRun> runs)
    {
        heap.AddRange(runs.Where(run => run.Count > 0).Select(run => (run, 0)));
        for (var i = heap.Count / 2 - 1; i >= 0; i--)
            Sink(i);
    }

    public bool IsAtEnd => heap.Count == 0;

    public ReadOnlySpan<byte> Current => heap[0].Run[heap[0].At];

    public void Next()
    {
        var (run, at) = heap[0];
        if (at + 1 < run.Count)
        {
            heap[0] = (run, at + 1);
        }
        else
        {
            heap[0] = heap[^1];
            heap.RemoveAt(heap.Count - 1);
        }
        Sink(0);
    }

    private void Sink(int at)
    {
        while (2 * at + 1 < heap.Count)
        {
            var least = 2 * at + 1;
            if (least + 1 < heap.Count && IsBelow(least + 1, least))
                least++;
            if (!IsBelow(least, at))
                return;
            (heap[at], heap[least]) = (heap[least], heap[at]);
            at = least;
        }
    }

    private bool IsBelow(int left, int right) => heap[left].Run[heap[left].At].SequenceCompareTo(heap[right].Run[heap[right].At]) < 0;
}
