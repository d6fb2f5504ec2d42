namespace Loyalty.Auth;

/// <summary>A new tenant, and the person who may do everything in it.</summary>
/// <param name="Id"><c>[a-zA-Z0-9_-]{3,64}</c>; never changes.</param>
/// <param name="Name">For people to read.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="SelfRegistration">Members may sign themselves up.</param>
/// <param name="Guests">An application may sign in as <c>anonymous</c>.</param>
/// <param name="Administrator">Login of the person with ROLE_SU.</param>
/// <param name="AdministratorPassword">That person's password: shown once and stored hashed.</param>
internal sealed record NewTenantAnswer(
    string Id, string Name, string TimeZone, string Currency, bool SelfRegistration, bool Guests, string Administrator, string AdministratorPassword);
