namespace Loyalty.Auth;

/// <summary>A partner, a service, or an application through which people sign in.</summary>
/// <param name="Id">The client id; never changes.</param>
/// <param name="Name">For people to read.</param>
/// <param name="Grants">How it may get tokens.</param>
/// <param name="Tenants">The tenants it may act in; for PASSWORD alone, none means that people of all tenants may sign in.</param>
/// <param name="Roles">What it may do in them by itself.</param>
/// <param name="Created">When the client was made.</param>
internal sealed record PartnerAnswer(
    string Id, string? Name, IReadOnlyList<Grant> Grants, IReadOnlyList<string> Tenants, IReadOnlyList<string> Roles, DateTimeOffset Created)
{
    /// <summary>Only in the answer that made it up: it is shown once and stored hashed.</summary>
    public string? Secret { get; init; }

    public static PartnerAnswer Of(Client client) =>
        new(client.Id, client.DisplayName, Partners.GrantsOf(client), client.Tenants, client.Roles, client.Created);
}
