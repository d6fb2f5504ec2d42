using Loyalty.Accounts.Contracts;
using Loyalty.Auth;

namespace Loyalty.Accounts;

/// <summary>Finds members by card, code, phone or e-mail.</summary>
internal sealed class MemberLookUp(ClaimStore claims, AccountStore accounts, Tenants tenants) : IMemberLookUp
{
    public async Task<IReadOnlyList<Account>> FindAsync(string tenant, MemberKey key, int most, CancellationToken cancellationToken) => key.By switch
    {
        MemberKeyKind.Card => await OfClaimAsync(tenant, Claim.Card(tenant, key.Value), cancellationToken),
        MemberKeyKind.Mgm => await OfClaimAsync(tenant, Claim.Mgm(tenant, key.Value.Trim()), cancellationToken),
        MemberKeyKind.Phone => await OfPhoneAsync(tenant, key.Value, most, cancellationToken),
        _ => await accounts.WithKeyAsync(tenant, SearchKeys.Plain(key.Value), account => IsText(account.Header.Email, key.Value), most, cancellationToken),
    };

    private async Task<IReadOnlyList<Account>> OfClaimAsync(string tenant, string claim, CancellationToken cancellationToken) =>
        (await claims.FindAsync([claim], cancellationToken)).SingleOrDefault()?.Account is { } id
        && await accounts.FindAsync(tenant, id, cancellationToken) is { } found ? [found] : [];

    private async Task<IReadOnlyList<Account>> OfPhoneAsync(string tenant, string phone, int most, CancellationToken cancellationToken)
    {
        var country = (await tenants.FindAsync(tenant, cancellationToken))?.Country ?? Tenant.DefaultCountry;
        return Phones.NumberOf(phone, country) is { } number
            ? await accounts.WithKeyAsync(tenant, number, account => account.PhoneNumber == number, most, cancellationToken)
            : await accounts.WithKeyAsync(tenant, SearchKeys.Plain(phone), account => IsText(account.Header.Phone, phone), most, cancellationToken);
    }

    private static bool IsText(string? known, string wanted) => known is not null && SearchKeys.Plain(known) == SearchKeys.Plain(wanted);
}
