using Loyalty.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MongoDB.Driver;
using OpenIddict.Core;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Loyalty.Auth;

/// <summary>The clients: partners and services, and the applications through which people sign in.</summary>
public sealed class Partners(IMongoDatabase database, IServiceScopeFactory scopes, IHostEnvironment environment, TimeProvider time)
{
    private static readonly UpdateDefinitionBuilder<Client> Set = Builders<Client>.Update;

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

    internal async Task<(IReadOnlyList<Client> Clients, long Total)> ListAsync(ListQuery query, CancellationToken cancellation)
    {
        var filter = ClientFilter.Of(query);
        var found = await clients.Find(filter).Sort(ClientFilter.Order(query)).Skip(query.Skip).Limit(Math.Max(query.Take, 1)).ToListAsync(cancellation);
        return (query.Take == 0 ? [] : found, await clients.CountDocumentsAsync(filter, cancellationToken: cancellation));
    }

    internal Task<Client?> ChangeAsync(string clientId, PutClient.Request change, CancellationToken cancellation) => UpdateAsync(clientId, Set
        .Set(client => client.DisplayName, change.Name).Set(client => client.Permissions, [.. PermissionsOf(change.Grants)])
        .Set(client => client.Tenants, [.. change.Tenants]).Set(client => client.Roles, [.. change.Roles]), cancellation);

    internal async Task<Client?> SetSecretAsync(string clientId, string secret, CancellationToken cancellation)
    {
        if (await FindAsync(clientId, cancellation) is not { } client)
            return null;
        client.WellKnownSecret = false;
        await using var scope = scopes.CreateAsyncScope();
        // Note: the manager hashes the secret and writes back over the version it read.
        await scope.ServiceProvider.GetRequiredService<OpenIddictApplicationManager<Client>>().UpdateAsync(client, secret, cancellation);
        return client;
    }

    internal async Task<bool> DeleteAsync(string clientId, CancellationToken cancellation) =>
        (await clients.DeleteOneAsync(client => client.Id == clientId, cancellation)).DeletedCount > 0;

    internal static IReadOnlyList<Grant> GrantsOf(Client client) =>
        [.. Enum.GetValues<Grant>().Where(grant => PermissionsOf([grant]).All(client.Permissions.Contains))];

    private async Task<Client?> UpdateAsync(string clientId, UpdateDefinition<Client> update, CancellationToken cancellation) =>
        await clients.FindOneAndUpdateAsync<Client>(client => client.Id == clientId, update.Set(client => client.Version, OpenIddictDocument.NewVersion()),
            new FindOneAndUpdateOptions<Client> { ReturnDocument = ReturnDocument.After }, cancellation);

    private static IEnumerable<string> PermissionsOf(IReadOnlyList<Grant> grants)
    {
        string[] always = [Permissions.Endpoints.Token, Permissions.Endpoints.Introspection, Permissions.Endpoints.Revocation];
        var granted = grants.SelectMany(grant => grant == Grant.Password
            ? new[] { Permissions.GrantTypes.Password, Permissions.GrantTypes.RefreshToken }
            : [Permissions.GrantTypes.ClientCredentials]);
        return always.Concat(granted).Distinct();
    }
}
