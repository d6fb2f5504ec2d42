namespace Loyalty.Web;

/// <summary>
/// Endpoint metadata that says who may call: the authorization module attaches and enforces it, the OpenAPI document
/// shows it.
/// </summary>
public interface IAccessMetadata
{
    /// <summary>Signed-in people may call (scheme <c>oauth2</c>).</summary>
    bool People { get; }

    /// <summary>Partners and services may call (scheme <c>oauth2-client</c>), naming their tenant in <c>x-tenant</c>.</summary>
    bool Partners { get; }

    /// <summary>One of these roles is needed; none means that being signed in is enough.</summary>
    IReadOnlyList<string> Roles { get; }
}
