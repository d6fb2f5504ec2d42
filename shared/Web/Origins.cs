namespace Loyalty.Web;

/// <summary>Origins of pages, as browsers name them. Pure.</summary>
public static class Origins
{
    private const int Longest = 256;

    /// <summary>Scheme, host and port, exactly as a browser writes them; http on this machine only.</summary>
    public static bool IsOrigin(string? text) =>
        text is { Length: > 0 and <= Longest } && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri.GetLeftPart(UriPartial.Authority) == text;
}
