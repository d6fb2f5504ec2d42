using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>Member-get-member codes that a pass may give to new accounts.</summary>
internal sealed class OfferedCodes(IReadOnlyList<string> codes)
{
    private int next;

    /// <summary>How many accounts the pass may bring into being at most: those not found, those for unknown cards, and those that begin anew.</summary>
    public static int NeededFor(Pass pass, IEnumerable<Account> found) =>
        pass.Touched.Count - found.Count(account => !account.IsErased) + pass.Entries.Count(entry => entry.Account is null || entry.Kind == "DELETED");

    public IReadOnlyList<string> Codes => codes;

    /// <summary>A code that is nobody's yet. Note: a code whose entry was taken back is free again, so the search goes round.</summary>
    public string Take(Pass pass, string tenant)
    {
        for (var tried = 0; tried < codes.Count; tried++, next++)
            if (pass.Documents<Claim>().Find(Claim.Mgm(tenant, codes[next % codes.Count])) is null)
                return codes[next++ % codes.Count];
        throw new InvalidOperationException("No member-get-member code is left for a new account.");
    }
}
