using System.Text.Json;
using Loyalty.Web;

namespace Loyalty.Passes;

/// <summary>One thing that happened, as it stands in the inbox: acknowledged, in order, to be decided once.</summary>
public sealed record Entry
{
    private object? read;

    /// <summary>Tenant and hash of the event id; it cannot repeat.</summary>
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>The id under which the entry is known to whoever sent it; internal ids begin with <c>~</c>.</summary>
    public required string EventId { get; init; }

    /// <summary>Which handler decides it.</summary>
    public required string Kind { get; init; }

    /// <summary>Whom the entry concerns, as far as the sender knew.</summary>
    public string? Subject { get; init; }

    /// <summary>When it happened, as the sender says.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it was acknowledged: the <c>now</c> of every decision about it.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The order in which entries are decided. A rejected entry that is sent again gets a new position.</summary>
    public required long Position { get; init; }

    /// <summary>Who sent it, where a person or a client did.</summary>
    public Sender? Sender { get; init; }

    /// <summary>The content as JSON.</summary>
    public required string Body { get; init; }

    public T Read<T>() where T : class => (T)Read(typeof(T));

    /// <summary>The body, if the entry is of its kind.</summary>
    public T? As<T>() where T : class => Kind == EntryKindAttribute.Of(typeof(T)) ? Read<T>() : null;

    /// <summary>Note: several handlers read the same body; it is parsed once.</summary>
    public object Read(Type type)
    {
        if (read is null || !type.IsInstanceOfType(read))
            read = JsonSerializer.Deserialize(Body, type, JsonSettings.Options) ?? throw new InvalidOperationException($"Entry {Id} has no body.");
        return read;
    }
}

/// <summary>The person or client that sent an entry.</summary>
/// <param name="Id">The person's id or the client's id.</param>
/// <param name="IsPerson">False: a client.</param>
public sealed record Sender(string Id, bool IsPerson)
{
    /// <summary>A person's token: when it was issued, in whole seconds.</summary>
    public DateTimeOffset? TokenIssuedAt { get; init; }
}
