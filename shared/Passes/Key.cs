namespace Loyalty.Passes;

/// <summary>How ids of one tenant become ids of documents. No part but the last may hold a slash, so keys never collide.</summary>
public static class Key
{
    public static string Of(string tenant, string id) => $"{tenant}/{id}";

    public static string Of(string tenant, string id, string part) => $"{tenant}/{id}/{part}";

    /// <summary>The tenant of a key.</summary>
    public static string TenantOf(string key) => key[..key.IndexOf('/', StringComparison.Ordinal)];
}
