namespace Loyalty.Accounts.Contracts;

/// <summary>Finds members by what they say at a till.</summary>
public interface IMemberLookUp
{
    /// <summary>Those that match, in the order of their ids.</summary>
    Task<IReadOnlyList<Account>> FindAsync(string tenant, MemberKey key, int most, CancellationToken cancellationToken);
}

/// <summary>What a member is found by.</summary>
/// <param name="By">What kind of thing the value is.</param>
public sealed record MemberKey(MemberKeyKind By, string Value);

public enum MemberKeyKind
{
    Card,
    Phone,
    Email,

    /// <summary>The member-get-member code.</summary>
    Mgm,
}
