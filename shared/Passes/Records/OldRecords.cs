namespace Loyalty.Passes.Records;

/// <summary>Removes records that are applied now and then, so that they do not pile up, and keep nothing that was erased.</summary>
internal sealed class OldRecords(PassStore passes, TimeProvider time)
{
    private const int Most = 16;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private long removed;
    private long removedAt = time.GetTimestamp();

    /// <param name="applied">What a stored record says.</param>
    public async Task RemoveNowAndThenAsync(long applied)
    {
        if (applied - removed >= Most || time.GetElapsedTime(removedAt) > Longest)
            await RemoveAsync(applied);
    }

    public async Task RemoveAsync(long applied)
    {
        await passes.RemoveUpToAsync(applied, CancellationToken.None);
        (removed, removedAt) = (applied, time.GetTimestamp());
    }
}
