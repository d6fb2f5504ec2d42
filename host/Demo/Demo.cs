using System.Security.Cryptography;
using Loyalty.Auth;

namespace Loyalty.Host;

/// <summary>
/// A tenant to try things on. Every step leaves alone what is there already, so a start that died half-way is finished by
/// the next one, and a finished demo is never touched again.
/// </summary>
internal sealed class Demo(
    DemoOptions options, DemoStateStore states, Tenants tenants, Partners partners, People people, IHostEnvironment environment)
{
    public const string Tenant = "demo";
    public const string PartnerClient = "demo-partner";
    public const string PeopleClient = "ordering";
    public const string Member = "alice";
    public const string Manager = "manager";

    /// <summary>Alice's id as a person, and so that of her account.</summary>
    public const string MemberId = "a11ce000-0000-4000-8000-000000000001";

    /// <summary>Secrets that are still to be shown; null when there is nothing (more) to do.</summary>
    public async Task<DemoSecrets?> PrepareAsync(CancellationToken cancellation)
    {
        var state = await states.FindAsync(cancellation);
        if (state is { Shown: true } || state is null && !await WantedAsync(cancellation))
            return null;
        await states.BeginAsync(cancellation);
        var secrets = MakeSecrets();
        await tenants.TryCreateAsync(new Tenant(Tenant, "Demo"), cancellation);
        await EnsureAsync(new NewPartner(PartnerClient, secrets.ClientSecret, [Grant.ClientCredentials], [Tenant], [Roles.Loyalty]), cancellation);
        await EnsureAsync(new NewPartner(PeopleClient, secrets.PeopleClientSecret, [Grant.Password], [], []), cancellation);
        await EnsureAsync(new NewPerson(Tenant, Manager, secrets.ManagerPassword, [Roles.Su]), cancellation);
        await EnsureAsync(new NewPerson(Tenant, Member, secrets.MemberPassword, []) { Id = MemberId, FirstName = "Alice", LastName = "Nowak" }, cancellation);
        return secrets;
    }

    /// <returns>Whether this start is the one that shows the secrets.</returns>
    public Task<bool> TryFinishAsync(CancellationToken cancellation) => states.TryFinishAsync(cancellation);

    /// <summary>Note: a start that died before it showed a secret left one that nobody knows.</summary>
    private async Task EnsureAsync(NewPartner partner, CancellationToken cancellation)
    {
        if (!await partners.TryCreateAsync(partner, cancellation))
            await partners.TrySetSecretAsync(partner.ClientId, partner.Secret!, cancellation);
    }

    private async Task EnsureAsync(NewPerson person, CancellationToken cancellation)
    {
        if (await people.TryCreateAsync(person, cancellation) is null)
            await people.TrySetPasswordAsync(person.Tenant, person.Login, person.Password, cancellation);
    }

    private async Task<bool> WantedAsync(CancellationToken cancellation) =>
        options.Enabled ?? (environment.IsDevelopment() && !await tenants.AnyAsync(cancellation));

    private DemoSecrets MakeSecrets() => new(
        options.ClientSecret ?? MakeUp(),
        options.MemberPassword ?? MakeUp(),
        options.ManagerPassword ?? MakeUp(),
        options.PeopleClientSecret ?? (environment.IsDevelopment() ? "secret" : MakeUp()));

    /// <summary>Note: without characters that look alike, or that a shell would treat specially.</summary>
    private static string MakeUp() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 20);
}
