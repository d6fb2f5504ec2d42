using Loyalty.Events.Contracts;
using Loyalty.Mongo;
using MongoDB.Bson.Serialization.Attributes;
using MongoDB.Driver;

namespace Loyalty.Campaigns;

/// <summary>That an account has clicked a push, as stored in <c>campaigns.clicks</c>. It names no person: its id is a hash of the account's random name.</summary>
internal sealed record PushClick : IPassDocument
{
    [BsonId]
    public required string Key { get; init; }

    [BsonIgnore]
    string IPassDocument.Id => Key;

    public long LastPass { get; init; }

    public required string Tenant { get; init; }

    public required string Campaign { get; init; }

    public required string Push { get; init; }

    public static string KeyOf(string tenant, string campaign, RegisteredPush push, string incarnation) => Events.Contracts.Key.Of(
        tenant, CauseId.Of(incarnation, "click", campaign, push.Id, $"{push.RegisteredAt.ToUnixTimeMilliseconds()}"));
}

/// <summary>The clicks. Passes insert them; nothing changes them.</summary>
internal sealed class PushClickStore(IMongoDatabase database)
{
    public const string Name = "campaigns.clicks";

    private readonly IMongoCollection<PushClick> collection = database.GetCollection<PushClick>(Name);

    public Task<IReadOnlyList<PushClick>> FindAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        collection.FindInAsync(click => click.Key, keys, cancellationToken);
}
