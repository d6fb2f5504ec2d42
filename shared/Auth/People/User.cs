namespace Loyalty.Auth;

/// <summary>Somebody who can sign in to this tenant.</summary>
/// <param name="Id">UUID; also the id of the person's loyalty account.</param>
/// <param name="Login">What the person signs in with; unique in the tenant, whatever the case.</param>
/// <param name="FirstName">Up to 100 characters.</param>
/// <param name="LastName">Up to 100 characters.</param>
/// <param name="Roles">What the person may do; a mere member has none.</param>
/// <param name="Active">Who is not may not sign in, and is signed out at once.</param>
/// <param name="Created">When the person was made.</param>
internal sealed record User(string Id, string Login, string? FirstName, string? LastName, IReadOnlyList<string> Roles, bool Active, DateTimeOffset Created)
{
    /// <summary>Only in the answer that made it up: it is shown once and stored hashed.</summary>
    public string? Password { get; init; }

    public static User Of(Person person) =>
        new(person.Id, person.Login, person.FirstName, person.LastName, person.Roles, person.Active, person.Created);
}
