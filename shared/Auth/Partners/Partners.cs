using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Loyalty.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MongoDB.Driver;
using OpenIddict.Core;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Loyalty.Auth;

/// <summary>The clients: partners and services, and the applications through which people sign in.</summary>
public sealed class Partners
{
    private static readonly UpdateDefinitionBuilder<Client> Set = Builders<Client>.Update;
    private static readonly string[] Always = [Permissions.Endpoints.Token, Permissions.Endpoints.Introspection, Permissions.Endpoints.Revocation];

    private readonly IMongoCollection<Client> clients;
    private readonly Hashing hashing;
    private readonly IServiceScopeFactory scopes;
    private readonly IHostEnvironment environment;
    private readonly TimeProvider time;
    private readonly byte[] mark = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, (string Stored, byte[] Mark)> proved = new(StringComparer.Ordinal);

    internal Partners(IMongoDatabase database, Hashing hashing, IServiceScopeFactory scopes, IHostEnvironment environment, TimeProvider time) =>
        (clients, this.hashing, this.scopes, this.environment, this.time) =
            (database.GetCollection<Client>("auth.applications"), hashing, scopes, environment, time);

    public Task<bool> ExistsAsync(string clientId, CancellationToken cancellation) =>
        clients.Find(client => client.Id == clientId).AnyAsync(cancellation);

    /// <returns>False when there is a client of that id, which stays as it is.</returns>
    public async Task<bool> TryCreateAsync(NewPartner partner, CancellationToken cancellation)
    {
        var client = ClientOf(partner);
        RefuseWellKnown(client);
        if (await ExistsAsync(client.Id, cancellation))
            return false;
        client.Created = time.GetUtcNow();
        client.Secret = partner.Secret is null ? null : await hashing.HashAsync("clients", partner.Secret, cancellation);
        try
        {
            await clients.InsertOneAsync(client, cancellationToken: cancellation);
            return true;
        }
        catch (MongoWriteException error) when (error.WriteError.Category == ServerErrorCategory.DuplicateKey)
        {
            return false;
        }
    }

    /// <summary>Gives a client another secret; whatever was got with the one before stays good until it is ended.</summary>
    /// <returns>False when there is no such client.</returns>
    public async Task<bool> TrySetSecretAsync(string clientId, string secret, CancellationToken cancellation) =>
        await SetSecretAsync(clientId, secret, cancellation) is not null;

    internal async Task<Client?> FindAsync(string clientId, CancellationToken cancellation) =>
        await clients.Find(client => client.Id == clientId).FirstOrDefaultAsync(cancellation);

    /// <summary>The client that a request describes, without its secret.</summary>
    internal static Client ClientOf(NewPartner partner) => new()
    {
        Id = partner.ClientId,
        Type = partner.Secret is null ? ClientTypes.Public : ClientTypes.Confidential,
        DisplayName = partner.Name,
        Permissions = [.. PermissionsOf(partner.Grants)],
        Tenants = [.. partner.Tenants],
        Roles = [.. partner.Roles],
        RedirectUris = [.. partner.RedirectUris],
        PostLogoutRedirectUris = [.. partner.PostLogoutRedirectUris],
        Origins = [.. partner.Origins],
        Native = partner.Native,
        BuiltIn = partner.BuiltIn,
        WellKnownSecret = partner.Secret is not null && WellKnownSecrets.Contain(partner.Secret),
    };

    /// <summary>The client as a change would make it.</summary>
    internal static Client Changed(Client known, PutClient.Request change) => new()
    {
        Id = known.Id,
        Type = known.Type,
        DisplayName = change.Name,
        Permissions = [.. PermissionsOf(change.Grants)],
        Tenants = [.. change.Tenants],
        Roles = [.. change.Roles],
        RedirectUris = [.. change.RedirectUris ?? []],
        PostLogoutRedirectUris = [.. change.PostLogoutRedirectUris ?? []],
        Origins = [.. change.Origins ?? []],
        Native = change.Native is true,
        Created = known.Created,
    };

    /// <summary>Makes the clients of the host itself where they are not there.</summary>
    internal async Task EnsureBuiltInAsync(CancellationToken cancellation)
    {
        foreach (var client in BuiltInClients.All)
            await TryCreateAsync(client, cancellation);
    }

    /// <summary>This secret was the right one a moment ago. Note: so that a till that signs in with every call costs no hash each time.</summary>
    internal bool HasJustProved(Client client, string secret) =>
        proved.TryGetValue(client.Id, out var last) && last.Stored == client.Secret && CryptographicOperations.FixedTimeEquals(last.Mark, MarkOf(secret));

    /// <summary>Whether the secret is the client's; it takes as long for a client that is not there.</summary>
    /// <param name="whose">Who shares a turn at hashing.</param>
    internal async Task<bool> ProveAsync(Client? client, string secret, string whose, CancellationToken cancellation)
    {
        var stored = client?.Secret ?? Passwords.Decoy;
        var right = stored.Contains('$', StringComparison.Ordinal)
            ? await hashing.VerifyAsync(whose, secret, stored, cancellation)
            : await hashing.RunAsync(whose, () => VerifyOld(client!, secret), cancellation);
        if (!right || client?.Secret is null)
            return false;
        proved[client.Id] = (client.Secret, MarkOf(secret));
        return true;
    }

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

    internal Task<(IReadOnlyList<Client> Clients, long Total)> ListAsync(ListQuery query, CancellationToken cancellation) =>
        ListAsync(ClientFilter.Of(query), query, cancellation);

    internal Task<(IReadOnlyList<Client> Clients, long Total)> ListOfTenantAsync(string tenant, ListQuery query, CancellationToken cancellation) =>
        ListAsync(ClientFilter.Of(query) & ClientFilter.MayEnter(tenant), query, cancellation);

    /// <summary>Origins of all clients whose pages may call from a browser.</summary>
    internal async Task<IReadOnlyList<string>> OriginsAsync(CancellationToken cancellation)
    {
        var found = await clients.Find(Builders<Client>.Filter.AnyGte(client => client.Origins, "")).ToListAsync(cancellation);
        return [.. found.SelectMany(client => client.Origins).Distinct()];
    }

    internal Task<Client?> ChangeAsync(string clientId, PutClient.Request change, CancellationToken cancellation) => UpdateAsync(clientId, Set
        .Set(client => client.DisplayName, change.Name).Set(client => client.Permissions, [.. PermissionsOf(change.Grants)])
        .Set(client => client.Tenants, [.. change.Tenants]).Set(client => client.Roles, [.. change.Roles])
        .Set(client => client.RedirectUris, [.. change.RedirectUris ?? []])
        .Set(client => client.PostLogoutRedirectUris, [.. change.PostLogoutRedirectUris ?? []])
        .Set(client => client.Origins, [.. change.Origins ?? []])
        .Set(client => client.Native, change.Native is true), cancellation);

    internal async Task<Client?> SetSecretAsync(string clientId, string secret, CancellationToken cancellation)
    {
        var wellKnown = WellKnownSecrets.Contain(secret);
        RefuseWellKnown(new Client { Id = clientId, WellKnownSecret = wellKnown });
        var hashed = await hashing.HashAsync("clients", secret, cancellation);
        return await UpdateAsync(clientId, Set.Set(client => client.Secret, hashed).Set(client => client.WellKnownSecret, wellKnown), cancellation);
    }

    internal async Task<bool> DeleteAsync(string clientId, CancellationToken cancellation) =>
        (await clients.DeleteOneAsync(client => client.Id == clientId, cancellation)).DeletedCount > 0;

    /// <summary>No client may enter the tenant any more. A client of that tenant alone is gone, as without tenants it would be one for all.</summary>
    /// <returns>The clients that might enter it.</returns>
    internal async Task<IReadOnlyList<string>> CloseTenantAsync(string tenant, CancellationToken cancellation)
    {
        var named = await clients.Find(client => client.Tenants.Contains(tenant)).ToListAsync(cancellation);
        foreach (var client in named)
            if (client.Tenants.Count == 1)
                await DeleteAsync(client.Id, cancellation);
            else
                await UpdateAsync(client.Id, Set.Pull(stored => stored.Tenants, tenant), cancellation);
        return [.. named.Select(client => client.Id)];
    }

    internal static IReadOnlyList<Grant> GrantsOf(Client client) =>
        [.. Enum.GetValues<Grant>().Where(grant => PermissionsOf([grant]).All(client.Permissions.Contains))];

    private async Task<(IReadOnlyList<Client> Clients, long Total)> ListAsync(FilterDefinition<Client> filter, ListQuery query, CancellationToken cancellation)
    {
        var found = await clients.Find(filter).Sort(ClientFilter.Order(query)).Skip(query.Skip).Limit(Math.Max(query.Take, 1)).ToListAsync(cancellation);
        return (query.Take == 0 ? [] : found, await clients.CountDocumentsAsync(filter, cancellationToken: cancellation));
    }

    private async Task<Client?> UpdateAsync(string clientId, UpdateDefinition<Client> update, CancellationToken cancellation) =>
        await clients.FindOneAndUpdateAsync<Client>(client => client.Id == clientId, update.Set(client => client.Version, OpenIddictDocument.NewVersion()),
            new FindOneAndUpdateOptions<Client> { ReturnDocument = ReturnDocument.After }, cancellation);

    private void RefuseWellKnown(Client client)
    {
        if (client.WellKnownSecret && !environment.IsDevelopment())
            throw new InvalidOperationException($"The secret of client {client.Id} is one that everybody knows.");
    }

    private byte[] MarkOf(string secret) => HMACSHA256.HashData(mark, Encoding.UTF8.GetBytes(secret));

    /// <summary>Note: secrets that were stored before this product hashed them itself.</summary>
    private bool VerifyOld(Client client, string secret)
    {
        using var scope = scopes.CreateScope();
        var manager = scope.ServiceProvider.GetRequiredService<OpenIddictApplicationManager<Client>>();
        return manager.ValidateClientSecretAsync(client, secret).AsTask().GetAwaiter().GetResult();
    }

    private static IEnumerable<string> PermissionsOf(IReadOnlyList<Grant> grants) => Always.Concat(grants.SelectMany(grant => grant switch
    {
        Grant.Password => [Permissions.GrantTypes.Password, Permissions.GrantTypes.RefreshToken],
        Grant.AuthorizationCode => new[]
        {
            Permissions.Endpoints.Authorization, Permissions.Endpoints.EndSession, Permissions.ResponseTypes.Code,
            Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken,
        },
        _ => [Permissions.GrantTypes.ClientCredentials],
    })).Distinct();
}
