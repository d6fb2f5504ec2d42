using Loyalty.Accounts.Contracts;

namespace Loyalty.Accounts;

/// <summary>Shows accounts, with what the tenant's settings say about them.</summary>
internal sealed class AccountAnswers(TenantSettings<LoyaltySettings> settings)
{
    public async ValueTask<AccountAnswer> OfAsync(Account account, CancellationToken cancellationToken) =>
        AccountAnswer.Of(account, await settings.OfAsync(account.Tenant, cancellationToken));
}
