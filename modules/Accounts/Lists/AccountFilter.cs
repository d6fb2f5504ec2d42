using Loyalty.Accounts.Contracts;

namespace Loyalty.Accounts;

/// <summary>
/// Which accounts a list or an export is about. All that is given must hold; where a field has several values, any of them.
/// Times are instants such as <c>2026-02-28T12:00:00Z</c>, days of the tenant's time zone such as <c>2026-02-28</c>, or
/// durations from now such as <c>-P30D</c>.
/// </summary>
internal sealed record AccountFilter
{
    /// <summary>How the id, card, phone, email or name (either order) begins, in whatever case.</summary>
    public string? Q { get; init; }

    /// <summary>Exactly this account.</summary>
    public IReadOnlyList<string>? Id { get; init; }

    /// <summary>Exactly this card.</summary>
    public IReadOnlyList<string>? Card { get; init; }

    /// <summary>Exactly this phone number, as it was given.</summary>
    public IReadOnlyList<string>? Phone { get; init; }

    /// <summary>Exactly this address, as it was given.</summary>
    public IReadOnlyList<string>? Email { get; init; }

    /// <summary>A tag that the account has.</summary>
    public IReadOnlyList<string>? Tag { get; init; }

    /// <summary>A venue where the member has ordered.</summary>
    public IReadOnlyList<string>? Venue { get; init; }

    /// <summary>The name of a segment of the tenant.</summary>
    public IReadOnlyList<string>? Segment { get; init; }

    /// <summary>A campaign that the account walks through.</summary>
    public IReadOnlyList<string>? Campaign { get; init; }

    /// <summary>A state that the account has reached, in the campaign that <c>campaign</c> names or in any.</summary>
    public IReadOnlyList<string>? State { get; init; }

    /// <summary>Made then or later.</summary>
    public string? CreatedFrom { get; init; }

    /// <summary>Made then or earlier; a day counts to its end.</summary>
    public string? CreatedTo { get; init; }

    /// <summary>The last order that counted was then or later.</summary>
    public string? LastOrderFrom { get; init; }

    /// <summary>The last order that counted was then or earlier; a day counts to its end.</summary>
    public string? LastOrderTo { get; init; }

    /// <summary>Up to 16 constraints, as in campaigns. As a plain parameter: the JSON list as text.</summary>
    public IReadOnlyList<Constraint>? Constraints { get; init; }
}
