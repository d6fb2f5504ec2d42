using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MongoDB.Driver;
using OpenIddict.Core;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Loyalty.Auth;

/// <summary>How a client may get tokens.</summary>
public enum Grant
{
    /// <summary>By itself, with its secret: a partner, a till, a service.</summary>
    ClientCredentials,

    /// <summary>For people who give it their login and password.</summary>
    Password,
}

/// <summary>A client to be made.</summary>
/// <param name="ClientId">Unique in the deployment.</param>
/// <param name="Secret">Stored hashed.</param>
/// <param name="Grants">How it may get tokens.</param>
/// <param name="Tenants">The tenants it may act in; for <see cref="Grant.Password"/> alone, none means all.</param>
/// <param name="Roles">What it may do in them by itself; people bring their own roles.</param>
public sealed record NewPartner(string ClientId, string Secret, IReadOnlyList<Grant> Grants, IReadOnlyList<string> Tenants, IReadOnlyList<string> Roles)
{
    public string? Name { get; init; }
}

/// <summary>The clients: partners and services, and the applications through which people sign in.</summary>
public sealed class Partners(IMongoDatabase database, IServiceScopeFactory scopes, IHostEnvironment environment, TimeProvider time)
{
    private readonly IMongoCollection<Client> clients = database.GetCollection<Client>("auth.applications");

    public Task<bool> ExistsAsync(string clientId, CancellationToken cancellation) =>
        clients.Find(client => client.Id == clientId).AnyAsync(cancellation);

    /// <returns>False when there is a client of that id, which stays as it is.</returns>
    public async Task<bool> TryCreateAsync(NewPartner partner, CancellationToken cancellation)
    {
        var wellKnown = WellKnownSecrets.Contain(partner.Secret);
        if (wellKnown && !environment.IsDevelopment())
            throw new InvalidOperationException($"The secret of client {partner.ClientId} is one that everybody knows.");
        var client = new Client
        {
            Id = partner.ClientId,
            Type = ClientTypes.Confidential,
            DisplayName = partner.Name,
            Permissions = [.. PermissionsOf(partner.Grants)],
            Tenants = [.. partner.Tenants],
            Roles = [.. partner.Roles],
            WellKnownSecret = wellKnown,
            Created = time.GetUtcNow(),
        };
        if (await ExistsAsync(client.Id, cancellation))
            return false;
        await using var scope = scopes.CreateAsyncScope();
        var manager = scope.ServiceProvider.GetRequiredService<OpenIddictApplicationManager<Client>>();
        try
        {
            await manager.CreateAsync(client, partner.Secret, cancellation);
            return true;
        }
        catch (MongoWriteException error) when (error.WriteError.Category == ServerErrorCategory.DuplicateKey)
        {
            return false;
        }
    }

    internal async Task<Client?> FindAsync(string clientId, CancellationToken cancellation) =>
        await clients.Find(client => client.Id == clientId).FirstOrDefaultAsync(cancellation);

    /// <summary>Note: a store that a demo once ran on must not go into production as it is.</summary>
    internal async Task RefuseWellKnownSecretsAsync(CancellationToken cancellation)
    {
        if (environment.IsDevelopment())
            return;
        var client = await clients.Find(client => client.WellKnownSecret).FirstOrDefaultAsync(cancellation);
        if (client is not null)
            throw new InvalidOperationException(
                $"Client {client.Id} has a secret that everybody knows. Start in Development to change or delete it, or use another store.");
    }

    internal static IEnumerable<string> PermissionsOf(IReadOnlyList<Grant> grants)
    {
        string[] always = [Permissions.Endpoints.Token, Permissions.Endpoints.Introspection, Permissions.Endpoints.Revocation];
        var granted = grants.SelectMany(grant => grant == Grant.Password
            ? new[] { Permissions.GrantTypes.Password, Permissions.GrantTypes.RefreshToken }
            : [Permissions.GrantTypes.ClientCredentials]);
        return always.Concat(granted).Distinct();
    }
}
