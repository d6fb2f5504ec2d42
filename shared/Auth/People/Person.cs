using Loyalty.Web;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Auth;

/// <summary>Somebody who can sign in to one tenant: an administrator, a manager, or a member of the loyalty programme.</summary>
public sealed record Person
{
    /// <summary>Tenant and login, lower case: what makes a login unique in its tenant.</summary>
    [BsonId]
    public required string Key { get; init; }

    public required string Tenant { get; init; }

    /// <summary>A UUID, and the id of this person's loyalty account.</summary>
    public required string Id { get; init; }

    public required string Login { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Phone { get; init; }

    public string? Email { get; init; }

    /// <summary>Where the person's phone takes push messages.</summary>
    public string? PushId { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    public bool Active { get; init; } = true;

    public required DateTimeOffset Created { get; init; }

    /// <summary>The person has asked to leave, can do nothing but come back, and is erased then.</summary>
    public DateTimeOffset? DeleteAfter { get; init; }

    /// <summary>A random name that leads to nobody once the person is gone: what the audit log calls them.</summary>
    public string? Handle { get; init; }

    [BsonElement("passwordHash")]
    internal string PasswordHash { get; init; } = "";

    /// <summary>Tokens issued before this are refused.</summary>
    [BsonElement("signedInSince")]
    internal DateTimeOffset? SignedInSince { get; init; }

    /// <summary>A member of the programme; who has a role is staff, and no member.</summary>
    [BsonIgnore]
    public bool IsMember => Roles.Count == 0;

    /// <summary>Note: a token's time is in whole seconds, and one of the same second may be the new one.</summary>
    internal bool AcceptsTokenFrom(DateTimeOffset? issued) =>
        Active && (SignedInSince is not { } since || issued?.ToUnixTimeSeconds() >= since.ToUnixTimeSeconds());

    internal static string KeyOf(string tenant, string login) => $"{tenant}/{UnicodeText.Normalized(login.Trim()).ToLowerInvariant()}";
}
