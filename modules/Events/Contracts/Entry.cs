using System.Text.Json;
using Loyalty.Web;

namespace Loyalty.Events.Contracts;

/// <summary>One thing that happened, as it stands in the inbox: acknowledged, in order, to be decided once.</summary>
public sealed record Entry
{
    private object? read;

    /// <summary>Tenant and event id; it cannot repeat.</summary>
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required string EventId { get; init; }

    /// <summary>What happened: an event kind such as <c>ORDER</c>, or an internal kind such as <c>campaign.saved</c>.</summary>
    public required string Kind { get; init; }

    public string? Account { get; init; }

    public string? Card { get; init; }

    /// <summary>When it happened, as the caller says.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it was acknowledged; the <c>now</c> of every decision about it.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The order in which entries are decided. A rejected entry that is sent again, mended, gets a new one.</summary>
    public required long Position { get; init; }

    /// <summary>The event as JSON.</summary>
    public required string Body { get; init; }

    public T Read<T>() => (T)Read(typeof(T));

    /// <summary>Note: several parts of a pass read the same body; it is parsed once.</summary>
    public object Read(Type type)
    {
        if (read?.GetType() != type)
            read = JsonSerializer.Deserialize(Body, type, JsonSettings.Options) ?? throw new InvalidOperationException($"Entry {Id} has no body.");
        return read;
    }
}
