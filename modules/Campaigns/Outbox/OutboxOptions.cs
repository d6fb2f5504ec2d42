namespace Loyalty.Campaigns;

/// <summary>How what goes out is delivered; section <c>Outbox</c> of the configuration.</summary>
internal sealed record OutboxOptions
{
    /// <summary>How long a receiver may take to answer.</summary>
    public TimeSpan TimeOut { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait after the first failure; three times as long after each further one.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromHours(4);

    /// <summary>After so many attempts it is given up.</summary>
    public int Attempts { get; init; } = 16;

    /// <summary>How many deliveries a host makes to one receiver at once.</summary>
    public int PerReceiver { get; init; } = 8;

    /// <summary>How long what is settled is kept.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Note: a claim outlasts the delivery, so that another host takes over only from one that has died.</summary>
    public TimeSpan Lease => TimeOut + TimeOut;

    public OutboxOptions Checked() =>
        TimeOut > TimeSpan.Zero && FirstRetry > TimeSpan.Zero && LongestRetry >= FirstRetry && Attempts > 0 && PerReceiver > 0 && Retention > TimeSpan.Zero
            ? this
            : throw new InvalidOperationException("The configuration section Outbox holds a length of time or a number that is not above nothing.");
}
