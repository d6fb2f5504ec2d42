using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>What a till needs to know of a member.</summary>
/// <param name="FirstName">To greet them by.</param>
/// <param name="Wallet">The balance, in the tenant's currency.</param>
/// <param name="Coupons">Those that can be used now, with what they are good for.</param>
internal sealed record TillMember(string Id, string? FirstName, decimal Wallet, IReadOnlyList<CouponResult> Coupons);

/// <summary>Members that a till has found.</summary>
/// <param name="Members">At most five.</param>
internal sealed record TillMembers(IReadOnlyList<TillMember> Members);

internal static class GetTillMembers
{
    private const int Most = 5;
    private const int LongestKey = 254;

    /// <summary>Find a member at the till</summary>
    /// <remarks>
    /// By exactly one of card, phone, e-mail and member-get-member code. Phones are compared as numbers: spaces, dashes, 00 and + are alike, and
    /// the tenant's country is assumed. Answers at most five members, none where there is no such member.
    /// </remarks>
    /// <param name="card">The number of the member's card.</param>
    /// <param name="phone">The member's phone, however it is written.</param>
    /// <param name="email">The member's e-mail, in any case of letters.</param>
    /// <param name="mgm">The member's member-get-member code, in any case of letters.</param>
    public static async Task<Results<Ok<TillMembers>, ProblemHttpResult>> Handle(
        Caller caller, IMemberLookUp members, CouponVerifier coupons, HttpResponse response, CancellationToken cancellationToken,
        string? card = null, string? phone = null, string? email = null, string? mgm = null)
    {
        MemberKey[] keys =
        [
            .. new[] { (MemberKeyKind.Card, card), (MemberKeyKind.Phone, phone), (MemberKeyKind.Email, email), (MemberKeyKind.Mgm, mgm) }
                .Where(key => key.Item2 is not null).Select(key => new MemberKey(key.Item1, key.Item2!)),
        ];
        if (keys is not [{ Value.Length: > 0 and <= LongestKey } key])
            return Problems.Validation("card", "Give exactly one of card, phone, email and mgm, of 1 to 254 characters.");
        var found = new List<TillMember>();
        foreach (var account in await members.FindAsync(caller.Tenant, key, Most, cancellationToken))
        {
            var known = await coupons.OfAccountAsync(caller.Tenant, account.Id, cancellationToken);
            found.Add(new TillMember(account.Id, account.Header.FirstName, account.Counter("wallet"), [.. known.Where(coupon => coupon.Usable)]));
        }
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new TillMembers(found));
    }
}
