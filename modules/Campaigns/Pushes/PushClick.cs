using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Campaigns;

/// <summary>That an account has clicked a push, as stored in <c>campaigns.clicks</c>. It names no person: its id is a hash of the account's random name.</summary>
internal sealed record PushClick : IPassDocument
{
    public const string Collection = "campaigns.clicks";

    [BsonId]
    public required string Key { get; init; }

    [BsonIgnore]
    string IPassDocument.Id => Key;

    public long LastPass { get; init; }

    public required string Tenant { get; init; }

    public required string Campaign { get; init; }

    public required string Push { get; init; }

    public static string KeyOf(string tenant, string campaign, RegisteredPush push, string incarnation) => Passes.Key.Of(
        tenant, CauseId.Of(incarnation, "click", campaign, push.Id, $"{push.RegisteredAt.ToUnixTimeMilliseconds()}"));
}
