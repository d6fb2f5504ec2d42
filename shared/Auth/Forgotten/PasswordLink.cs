using MediatR;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Auth;

/// <summary>A link by which somebody may set a new password, once.</summary>
/// <param name="Id">Hash of what the link holds.</param>
internal sealed record PasswordLink([property: BsonId] string Id, string Tenant, string PersonId, DateTimeOffset ExpireAt);

/// <summary>Somebody has forgotten their password: the link is for the tenant's webhook, which brings it to them.</summary>
/// <param name="Tenant">Whose person it is.</param>
/// <param name="PersonId">Who has forgotten it.</param>
/// <param name="Login">What they sign in with.</param>
/// <param name="Link">Good once. Without <c>Auth:Issuer</c> only the path, as nobody can say then under which name this host is known.</param>
/// <param name="ExpiresAt">After that it is good for nothing.</param>
public sealed record PasswordForgotten(string Tenant, string PersonId, string Login, string Link, DateTimeOffset ExpiresAt) : INotification
{
    public string? FirstName { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }
}
