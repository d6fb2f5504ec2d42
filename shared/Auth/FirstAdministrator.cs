using Microsoft.Extensions.Hosting;

namespace Loyalty.Auth;

/// <summary>
/// Makes the deployment's own administrator where there is none. The person is the one document that decides: of two
/// hosts that start at once, one makes it, and only that one shows a password.
/// </summary>
internal sealed class FirstAdministrator(AuthSettings settings, People people, Tenants tenants, AuditLog audit, FirstStart firstStart, IHostEnvironment environment)
{
    private const int ShortestPassword = 12;

    public async Task EnsureAsync(CancellationToken cancellation)
    {
        var configured = settings.Administrator.Password;
        RefuseWeak(configured);
        await tenants.TryCreateAsync(new Tenant(Tenant.System, "System"), cancellation);
        var login = settings.Administrator.Login;
        var password = configured ?? Passwords.Generate();
        if (settings.Administrator.Reset)
        {
            await audit.HostAsync(Tenant.System, "administrator.reset", null, cancellation);
            await people.MakeAdministratorAsync(Tenant.System, login, password, cancellation);
        }
        else if (await people.AnyAsync(Tenant.System, cancellation)
            || await people.TryCreateAsync(new NewPerson(Tenant.System, login, password, [Roles.Su]), cancellation) is null)
            return;
        firstStart.AdministratorLogin = login;
        firstStart.AdministratorPassword = configured is null ? password : null;
    }

    private void RefuseWeak(string? password)
    {
        if (password is null || environment.IsDevelopment())
            return;
        if (password.Length < ShortestPassword || WellKnownSecrets.Contain(password) || PersonRules.FaultOf(password, settings.Administrator.Login) is not null)
            throw new InvalidOperationException(
                $"Auth:Administrator:Password must have at least {ShortestPassword} characters and not be one that everybody knows.");
    }
}
