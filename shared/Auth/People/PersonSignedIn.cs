using MediatR;

namespace Loyalty.Auth;

/// <summary>
/// A member gave the right password. Not said of guests, of staff (people with a role, who have no account), of who is about to leave, nor
/// when a token is refreshed.
/// </summary>
public sealed record PersonSignedIn(string Tenant, string PersonId, DateTimeOffset At) : INotification
{
    /// <summary>When the person was made. What they gave then is as old as that.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>What the person gave at registration or since.</summary>
    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Phone { get; init; }

    public string? Email { get; init; }

    public string? PushId { get; init; }

    internal static PersonSignedIn Of(Person person, DateTimeOffset at) => new(person.Tenant, person.Id, at)
    {
        RegisteredAt = person.Created,
        FirstName = person.FirstName,
        LastName = person.LastName,
        Phone = person.Phone,
        Email = person.Email,
        PushId = person.PushId,
    };
}
