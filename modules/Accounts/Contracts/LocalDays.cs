using Loyalty.Events.Contracts;
using Loyalty.Time;

namespace Loyalty.Accounts.Contracts;

/// <summary>Days of a zone.</summary>
public static class LocalDays
{
    /// <summary>The zone of the tenant whose entry is being decided.</summary>
    public static Zone Zone(this Pass pass) => pass.Held<TenantTerms>().ZoneOf(pass.Entry.Tenant);
}
