using System.Globalization;
using Loyalty.Time;

namespace Loyalty.Auth;

/// <summary>One brand's isolated world.</summary>
/// <param name="Id"><c>[a-zA-Z0-9_-]{3,64}</c>; never changes.</param>
/// <param name="Name">For people to read.</param>
/// <param name="TimeZone">IANA name, such as <c>Europe/Warsaw</c>: whose days, birthdays and hours count.</param>
/// <param name="Currency">ISO 4217 code of all amounts of money.</param>
/// <param name="SelfRegistration">Members may sign themselves up.</param>
/// <param name="Guests">An application may sign in without a person, as <c>anonymous</c>.</param>
public sealed record Tenant(
    string Id, string Name, string TimeZone = "Europe/Warsaw", string Currency = "PLN", bool SelfRegistration = false, bool Guests = false)
{
    /// <summary>The tenant of the deployment's own administrator.</summary>
    public const string System = "system";

    /// <summary>The zone of that name. Note: names can leave the IANA database; such a tenant keeps the days of UTC until it names another.</summary>
    public Zone FindZone() => Zone.TryFind(TimeZone, out var zone) ? zone : Zone.Utc;

    /// <summary>The country of a tenant that has named none.</summary>
    public const string DefaultCountry = "PL";

    /// <summary>ISO 3166 code of the country, such as <c>PL</c>: phone numbers without one are its.</summary>
    public string Country { get; init; } = DefaultCountry;

    internal const string DefaultErasureGrace = "P7D";

    /// <summary>How long a member who leaves may come back before everything about them is erased: days, <c>P0D</c> to <c>P365D</c>.</summary>
    public string ErasureGrace { get; init; } = DefaultErasureGrace;

    internal TimeSpan Grace => TimeSpan.FromDays(int.Parse(ErasureGrace[1..^1], CultureInfo.InvariantCulture));
}
