namespace Loyalty.Events;

internal sealed record EventsOptions
{
    /// <summary>How long decided entries are kept. Repeats are recognised for as long.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(400);
}
