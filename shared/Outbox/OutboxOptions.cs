namespace Loyalty.Outbox;

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

    public OutboxOptions Checked()
    {
        (string Name, bool IsRight)[] settings =
        [
            (nameof(TimeOut), TimeOut > TimeSpan.Zero), (nameof(FirstRetry), FirstRetry > TimeSpan.Zero), (nameof(Attempts), Attempts > 0),
            (nameof(PerReceiver), PerReceiver > 0), (nameof(Retention), Retention > TimeSpan.Zero),
        ];
        if (settings.FirstOrDefault(setting => !setting.IsRight).Name is { } wrong)
            throw new InvalidOperationException($"Outbox:{wrong} must be greater than zero.");
        return LongestRetry >= FirstRetry ? this : throw new InvalidOperationException("Outbox:LongestRetry must not be less than Outbox:FirstRetry.");
    }
}
