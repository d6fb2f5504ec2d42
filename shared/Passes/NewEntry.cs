using System.Text.Json;
using Loyalty.Web;

namespace Loyalty.Passes;

/// <summary>An entry on its way into the inbox.</summary>
/// <param name="EventId">A repeat of the same id changes nothing. See <see cref="EntryId"/> for who chooses which ids.</param>
/// <param name="Kind">Which handler decides it.</param>
/// <param name="Subject">Whom it concerns, if that is known.</param>
/// <param name="Body">The content as JSON.</param>
public sealed record NewEntry(string Tenant, string EventId, string Kind, string? Subject, DateTimeOffset At, string Body)
{
    /// <summary>The id of the document in the inbox.</summary>
    public string Id { get; } = EntryId.Of(Tenant, EventId);

    /// <summary>Who sends it, where a person or a client does.</summary>
    public Sender? Sender { get; init; }

    /// <summary>An entry that the application itself makes.</summary>
    /// <param name="cause">The same cause never makes a second entry of the same kind.</param>
    /// <param name="body">Its type names the kind (<see cref="EntryKindAttribute"/>).</param>
    public static NewEntry Of(string tenant, string cause, object body, DateTimeOffset at, string? subject = null)
    {
        var kind = EntryKindAttribute.Of(body.GetType());
        return new(tenant, EntryId.Internal(kind, cause), kind, subject, at, TextOf(body));
    }

    /// <summary>An entry without a cause that could repeat: each call makes another one.</summary>
    public static NewEntry Once(string tenant, object body, DateTimeOffset at, string? subject = null) =>
        Of(tenant, $"{Guid.NewGuid():N}", body, at, subject);

    internal static string TextOf(object body) => JsonSerializer.Serialize(body, body.GetType(), JsonSettings.Options);
}
