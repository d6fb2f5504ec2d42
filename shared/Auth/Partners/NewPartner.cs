namespace Loyalty.Auth;

/// <summary>How a client may get tokens.</summary>
public enum Grant
{
    /// <summary>By itself, with its secret: a partner, a till, a service.</summary>
    ClientCredentials,

    /// <summary>For people who give it their login and password.</summary>
    Password,

    /// <summary>For people who sign in on this host's own page, in a browser (with PKCE).</summary>
    AuthorizationCode,
}

/// <summary>A client to be made.</summary>
/// <param name="ClientId">Unique in the deployment.</param>
/// <param name="Secret">Stored hashed; null for a public client.</param>
/// <param name="Grants">How it may get tokens.</param>
/// <param name="Tenants">The tenants it may act in; for a client of people alone, none means all.</param>
/// <param name="Roles">What it may do in them by itself; people bring their own roles.</param>
public sealed record NewPartner(string ClientId, string? Secret, IReadOnlyList<Grant> Grants, IReadOnlyList<string> Tenants, IReadOnlyList<string> Roles)
{
    public string? Name { get; init; }

    /// <summary>Where people are sent after signing in.</summary>
    public IReadOnlyList<string> RedirectUris { get; init; } = [];

    /// <summary>Where people are sent after signing out.</summary>
    public IReadOnlyList<string> PostLogoutRedirectUris { get; init; } = [];

    /// <summary>Origins whose pages may call this host from a browser.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>An app on a phone or a computer.</summary>
    public bool Native { get; init; }

    /// <summary>Made by the host itself.</summary>
    internal bool BuiltIn { get; init; }
}
