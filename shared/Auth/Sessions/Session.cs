using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Auth;

/// <summary>Somebody is signed in on this host's own page, in one browser.</summary>
/// <param name="Id">Hash of what the cookie holds: the store alone lets nobody in.</param>
internal sealed record Session([property: BsonId] string Id, string Tenant, string PersonId, DateTimeOffset Created, DateTimeOffset ExpireAt);
