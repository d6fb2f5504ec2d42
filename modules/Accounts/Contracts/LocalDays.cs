using Loyalty.Time;

namespace Loyalty.Accounts.Contracts;

public static class LocalDays
{
    /// <summary>The zone of the tenant whose entry is being decided.</summary>
    public static Zone Zone(this Pass pass) => pass.Value<TenantZone>(pass.Entry.Tenant).Zone;
}
