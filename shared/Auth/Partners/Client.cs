using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Auth;

/// <summary>A partner, a service, or an application through which people sign in. Its id is its client id.</summary>
internal sealed class Client : OpenIddictDocument
{
    /// <summary>Hashed by OpenIddict.</summary>
    public string? Secret { get; set; }

    public string? Type { get; set; }

    public string? DisplayName { get; set; }

    /// <summary>What OpenIddict lets it do: which endpoints, which grants.</summary>
    public List<string> Permissions { get; set; } = [];

    /// <summary>The tenants it may name in <c>x-tenant</c>; for a client of people: whose people may sign in, none meaning all.</summary>
    public List<string> Tenants { get; set; } = [];

    /// <summary>What it may do in them by itself.</summary>
    public List<string> Roles { get; set; } = [];

    /// <summary>The secret is one that everybody knows: good enough for a demo, and production refuses to start with it.</summary>
    [BsonIgnoreIfDefault]
    public bool WellKnownSecret { get; set; }

    public DateTimeOffset Created { get; set; }
}
