using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

/// <summary>The person whose token this is.</summary>
/// <param name="Id">UUID; also the id of the person's loyalty account.</param>
/// <param name="Login">What the person signs in with; <c>anonymous</c> for a guest.</param>
/// <param name="FirstName">As the person or an administrator gave it.</param>
/// <param name="LastName">As the person or an administrator gave it.</param>
/// <param name="Roles">As they are now, which the token may not show yet.</param>
/// <param name="Tenant">The tenant the person belongs to.</param>
/// <param name="Active">Always true here: who is deactivated cannot call.</param>
internal sealed record Me(string Id, string Login, string? FirstName, string? LastName, IReadOnlyList<string> Roles, string Tenant, bool Active)
{
    /// <summary>The same as <c>id</c>, by the name that the ordering platform has for it.</summary>
    [JsonPropertyName("UUID")]
    public string Uuid => Id;

    /// <summary>As the person gave it.</summary>
    public string? Phone { get; init; }

    /// <summary>As the person gave it.</summary>
    public string? Email { get; init; }

    /// <summary>Where the person's phone takes push messages.</summary>
    public string? PushId { get; init; }

    /// <summary>The person has asked to leave: until then they can come back.</summary>
    public DateTimeOffset? DeleteAfter { get; init; }

    public static Me Of(Person person) => new(person.Id, person.Login, person.FirstName, person.LastName, person.Roles, person.Tenant, person.Active)
    {
        Phone = person.Phone,
        Email = person.Email,
        PushId = person.PushId,
        DeleteAfter = person.DeleteAfter,
    };
}

internal static class GetMe
{
    /// <summary>Who is signed in</summary>
    public static async Task<Results<Ok<Me>, ProblemHttpResult>> Handle(Caller caller, People people, CancellationToken cancellation)
    {
        var person = await people.FindAsync(caller.Tenant, caller.Id, cancellation);
        return TypedResults.Ok(person is null ? new Me(caller.Id, TokenHolder.GuestLogin, null, null, [], caller.Tenant, true) : Me.Of(person));
    }
}
