namespace Loyalty.Passes;

/// <summary>Section <c>Events</c> of the configuration.</summary>
public sealed record PassesOptions
{
    /// <summary>How long decided entries are kept. Repeats are recognised for as long.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(400);
}
