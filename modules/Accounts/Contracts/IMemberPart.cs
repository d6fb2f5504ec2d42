namespace Loyalty.Accounts.Contracts;

/// <summary>What a module keeps of one member, for the export of everything about them.</summary>
public interface IMemberPart
{
    /// <summary>Such as <c>coupons</c>.</summary>
    string Name { get; }

    Task<object> OfAsync(Account account, CancellationToken cancellationToken);
}
