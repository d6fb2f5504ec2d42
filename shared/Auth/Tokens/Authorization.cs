using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Auth;

/// <summary>One sign-in of a person: the family of tokens that descend from it lives and dies with it.</summary>
internal sealed class Authorization : OpenIddictDocument
{
    public string? ApplicationId { get; set; }

    public string? Subject { get; set; }

    public string? Status { get; set; }

    public string? Type { get; set; }

    public List<string> Scopes { get; set; } = [];

    public DateTimeOffset? CreationDate { get; set; }

    /// <summary>The session in a browser that it came of, if any: signing out there ends it.</summary>
    [BsonIgnoreIfNull]
    public string? SessionId { get; set; }
}
