using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Accounts;

/// <summary>Says whose a card or a member-get-member code is. Being the document's id is what makes it unique; it is a hash, so that it names nobody.</summary>
internal sealed record Claim : IPassDocument
{
    /// <summary>All cards and codes that lead to an account.</summary>
    public static readonly DocumentGroup<Claim> OfOwner = new(claim => claim.Owner);

    private const string OfCard = "card";
    private const string OfMgm = "mgm";

    [BsonId]
    public required string Id { get; init; }

    public long LastPass { get; init; }

    /// <summary>Absent: it was somebody's once, and is free.</summary>
    public string? Account { get; init; }

    /// <summary>The key (tenant and id) of the account. Note: stored, but worked out anew whenever the claim is.</summary>
    [BsonElement("owner")]
    public string? Owner => Account is null ? null : Key.Of(Key.TenantOf(Id), Account);

    /// <summary>Set where its account was erased: then nothing is left of it either.</summary>
    public DateTimeOffset? ExpireAt { get; init; }

    [BsonIgnore]
    public bool IsCard => Id.StartsWith(Key.Of(Key.TenantOf(Id), OfCard, ""), StringComparison.Ordinal);

    public static string Card(string tenant, string card) => Key.Of(tenant, OfCard, CauseId.Of(tenant, OfCard, card));

    public static string Mgm(string tenant, string code) => Key.Of(tenant, OfMgm, CauseId.Of(tenant, OfMgm, code.ToUpperInvariant()));
}
