using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Auth;

/// <summary>One issued token: its state, never the token itself.</summary>
internal sealed class Token : OpenIddictDocument
{
    /// <summary>The client it was issued to.</summary>
    public string? ApplicationId { get; set; }

    /// <summary>The sign-in it descends from: all tokens of one family share it.</summary>
    public string? AuthorizationId { get; set; }

    /// <summary>The person's id, or the client id.</summary>
    public string? Subject { get; set; }

    public string? Type { get; set; }

    public string? Status { get; set; }

    public string? ReferenceId { get; set; }

    /// <summary>Of an authorization code only: what it stands for, encrypted.</summary>
    public string? Payload { get; set; }

    public DateTimeOffset? CreationDate { get; set; }

    public DateTimeOffset? ExpirationDate { get; set; }

    public DateTimeOffset? RedemptionDate { get; set; }

    /// <summary>Of a refresh token that was used: the pair that it was used for, which only the token itself can open.</summary>
    [BsonIgnoreIfNull]
    public byte[]? Successor { get; set; }

    /// <summary>Of a refresh token that was used: the entry of the refresh token that followed it.</summary>
    [BsonIgnoreIfNull]
    public string? SuccessorId { get; set; }
}
