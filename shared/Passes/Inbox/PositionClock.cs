namespace Loyalty.Passes.Inbox;

/// <summary>Positions in the inbox: microseconds of this host's clock, made to rise strictly, also when the clock does not.</summary>
internal sealed class PositionClock(TimeProvider time)
{
    private long last;

    public long Next()
    {
        while (true)
        {
            var seen = Interlocked.Read(ref last);
            var next = Math.Max(seen + 1, (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
            if (Interlocked.CompareExchange(ref last, next, seen) == seen)
                return next;
        }
    }
}
