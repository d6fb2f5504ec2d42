using Loyalty.Time;

namespace Loyalty.Web;

/// <summary>
/// The zone in which times are read that name no offset: that of the tenant for which a request is answered, else UTC.
/// </summary>
public static class RequestZone
{
    private static readonly AsyncLocal<Zone?> Known = new();

    public static Zone Current
    {
        get => Known.Value ?? Zone.Utc;
        set => Known.Value = value;
    }
}
