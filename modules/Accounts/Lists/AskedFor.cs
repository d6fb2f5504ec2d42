using Loyalty.Auth;
using Loyalty.Web;

namespace Loyalty.Accounts;

/// <summary>What a list or an export has been asked for: which accounts, of which tenant.</summary>
internal sealed record AskedFor(Tenant Tenant, AccountQuery Query)
{
    public static async Task<AskedFor> ReadAsync(Caller caller, ListQuery query, Tenants tenants, TimeProvider time, CancellationToken cancellationToken)
    {
        var filter = AccountFilterReader.Read(query);
        var tenant = await tenants.FindAsync(caller.Tenant, cancellationToken) ?? new Tenant(caller.Tenant, caller.Tenant);
        return new AskedFor(tenant, AccountQuery.Of(tenant, filter, time.GetUtcNow()));
    }
}
