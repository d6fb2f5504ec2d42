using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Web;

namespace Loyalty.Accounts;

/// <summary>What a list or an export has been asked for, and how the tenant wants its accounts shown.</summary>
internal sealed record AskedFor(AccountQuery Query, LoyaltySettings Settings);

/// <summary>Reads what a list or an export has been asked for.</summary>
internal sealed class AccountRequests(Tenants tenants, TenantSettings<LoyaltySettings> settings, TimeProvider time)
{
    public async Task<AskedFor> ReadAsync(Caller caller, ListQuery query, CancellationToken cancellationToken)
    {
        var filter = AccountFilterReader.Read(query);
        var tenant = await tenants.FindAsync(caller.Tenant, cancellationToken) ?? new Tenant(caller.Tenant, caller.Tenant);
        return new AskedFor(AccountQuery.Of(tenant, filter, time.GetUtcNow()), await settings.OfAsync(caller.Tenant, cancellationToken));
    }
}
