using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Auth;

/// <summary>
/// How often a secret was tried in vain for one login, from one address, or for the one from the other; or that the one lately succeeded
/// from the other.
/// </summary>
internal sealed record Attempt([property: BsonId] string Id, int Count, DateTimeOffset Next, DateTimeOffset ExpireAt);
