namespace Loyalty.Outbox;

/// <summary>
/// How long to wait before the next attempt: three times as long after each failure, up to a limit, and up to a fifth more or less so that
/// what failed together is not tried together. Pure.
/// </summary>
/// <remarks>
/// Note: no library does this here. Polly and its kin keep retries in memory, where a restart forgets them; here the time of the next attempt
/// stands in the document, and what is left to compute is one power of three.
/// </remarks>
internal static class RetryDelay
{
    /// <param name="failures">How many attempts have failed, from 1.</param>
    /// <param name="chance">From 0 to 1.</param>
    public static TimeSpan After(int failures, OutboxOptions options, double chance)
    {
        var wait = options.FirstRetry.TotalSeconds * Math.Pow(3, Math.Min(failures, 64) - 1);
        return TimeSpan.FromSeconds(Math.Min(wait, options.LongestRetry.TotalSeconds) * (0.8 + 0.4 * chance));
    }
}
