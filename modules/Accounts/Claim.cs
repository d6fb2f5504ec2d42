using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Accounts;

/// <summary>Says whose a card or a member-get-member code is. Being the document's id is what makes it unique.</summary>
internal sealed record Claim : IPassDocument
{
    [BsonId]
    public required string Id { get; init; }

    public long LastPass { get; init; }

    /// <summary>Absent: it was somebody's once, and is free.</summary>
    public string? Account { get; init; }

    public static string Card(string tenant, string card) => Key.Of(tenant, "card", card);

    public static string Mgm(string tenant, string code) => Key.Of(tenant, "mgm", code.ToUpperInvariant());
}
