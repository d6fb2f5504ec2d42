namespace Loyalty.Auth;

/// <summary>How a client may get tokens.</summary>
public enum Grant
{
    /// <summary>By itself, with its secret: a partner, a till, a service.</summary>
    ClientCredentials,

    /// <summary>For people who give it their login and password.</summary>
    Password,
}

/// <summary>A client to be made.</summary>
/// <param name="ClientId">Unique in the deployment.</param>
/// <param name="Secret">Stored hashed.</param>
/// <param name="Grants">How it may get tokens.</param>
/// <param name="Tenants">The tenants it may act in; for <see cref="Grant.Password"/> alone, none means all.</param>
/// <param name="Roles">What it may do in them by itself; people bring their own roles.</param>
public sealed record NewPartner(string ClientId, string Secret, IReadOnlyList<Grant> Grants, IReadOnlyList<string> Tenants, IReadOnlyList<string> Roles)
{
    public string? Name { get; init; }
}
