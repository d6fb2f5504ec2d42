using Loyalty.Web;

namespace Loyalty.Auth;

/// <summary>Who may call a route at all, before roles.</summary>
public enum Callers
{
    /// <summary>Only somebody who signed in with a password (scheme <c>oauth2</c>).</summary>
    People,

    /// <summary>Partners and services with a token of their own as well (scheme <c>oauth2-client</c>).</summary>
    PeopleAndPartners,
}

/// <summary>The rule of one route.</summary>
/// <param name="Who">People alone, or partners too.</param>
/// <param name="Roles">One of these is needed; <see cref="Auth.Roles.Su"/> always does. None: being signed in is enough.</param>
/// <param name="Guests">Somebody signed in as <c>anonymous</c> may call too.</param>
/// <param name="Tenant">Only callers of this tenant.</param>
/// <param name="Suspended">Somebody who has asked to leave may call too.</param>
internal sealed record AccessRule(Callers Who, IReadOnlyList<string> Roles, bool Guests = false, string? Tenant = null, bool Suspended = false) : IAccessMetadata
{
    public bool People => true;

    public bool Partners => Who == Callers.PeopleAndPartners;
}
