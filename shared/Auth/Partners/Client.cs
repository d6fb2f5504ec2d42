using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Auth;

/// <summary>A partner, a service, or an application through which people sign in. Its id is its client id.</summary>
internal sealed class Client : OpenIddictDocument
{
    /// <summary>Hashed; a public client has none.</summary>
    public string? Secret { get; set; }

    public string? Type { get; set; }

    public string? DisplayName { get; set; }

    /// <summary>What OpenIddict lets it do: which endpoints, which grants.</summary>
    public List<string> Permissions { get; set; } = [];

    /// <summary>The tenants it may name in <c>x-tenant</c>; for a client of people: whose people may sign in, none meaning all.</summary>
    public List<string> Tenants { get; set; } = [];

    /// <summary>What it may do in them by itself.</summary>
    public List<string> Roles { get; set; } = [];

    /// <summary>Where people are sent after signing in: exact addresses, or below this host itself where they begin with <c>~/</c>.</summary>
    public List<string> RedirectUris { get; set; } = [];

    /// <summary>Where people are sent after signing out.</summary>
    public List<string> PostLogoutRedirectUris { get; set; } = [];

    /// <summary>Origins whose pages may call this host from a browser.</summary>
    public List<string> Origins { get; set; } = [];

    /// <summary>An app on a phone or a computer: a loopback address is good with any port.</summary>
    [BsonIgnoreIfDefault]
    public bool Native { get; set; }

    /// <summary>The secret is one that everybody knows: good enough for a demo, and production refuses to start with it.</summary>
    [BsonIgnoreIfDefault]
    public bool WellKnownSecret { get; set; }

    /// <summary>Made by the host itself at its start, for the console and the reference.</summary>
    [BsonIgnoreIfDefault]
    public bool BuiltIn { get; set; }

    public DateTimeOffset Created { get; set; }

    /// <summary>People of this tenant may sign in through it.</summary>
    public bool TakesPeopleOf(string tenant) => Tenants.Count == 0 || Tenants.Contains(tenant);
}
