using Microsoft.AspNetCore.Http;

namespace Loyalty.Auth;

/// <summary>Who calls, for which tenant: already checked, and a parameter of any endpoint that has an access rule.</summary>
/// <param name="Tenant">The tenant this call concerns; nothing else may be shown or changed.</param>
/// <param name="Id">The person's id, which is also the id of their loyalty account; or the partner's client id.</param>
/// <param name="IsPerson">False for a partner or service.</param>
/// <param name="Roles">The caller's roles in this tenant.</param>
public sealed record Caller(string Tenant, string Id, bool IsPerson, IReadOnlySet<string> Roles)
{
    /// <summary>The client that got the token: the application of a person, or the partner itself.</summary>
    public string? Client { get; init; }

    /// <summary>When the token was issued, in whole seconds: what was erased later is not theirs any more.</summary>
    public DateTimeOffset? TokenIssuedAt { get; init; }

    public bool Has(string role) => Roles.Contains(role) || Roles.Contains(Auth.Roles.Su);

    public static ValueTask<Caller?> BindAsync(HttpContext context) =>
        ValueTask.FromResult(context.Features.Get<Caller>());
}
