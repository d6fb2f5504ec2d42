namespace Loyalty.Auth;

/// <summary>A scope as OpenIddict knows it. This product decides by roles and tenants and defines none.</summary>
internal sealed class Scope : OpenIddictDocument
{
    public string? Name { get; set; }

    public string? DisplayName { get; set; }

    public string? Description { get; set; }

    public List<string> Resources { get; set; } = [];
}
