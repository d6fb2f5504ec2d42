using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using MongoDB.Driver;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Loyalty.Auth;

/// <summary>
/// Note: consent is not asked, and <see cref="RedirectTarget"/> decides where somebody may be sent, so what OpenIddict would keep about these
/// is not kept. Clients are written by <see cref="Partners"/>.
/// </summary>
internal sealed class ClientStore(IMongoDatabase database) : IOpenIddictApplicationStore<Client>
{
    private readonly OpenIddictCollection<Client> clients = new(database, "auth.applications");

    public ValueTask<long> CountAsync(CancellationToken cancellation) => clients.CountAsync(cancellation);

    public ValueTask CreateAsync(Client client, CancellationToken cancellation) => clients.InsertAsync(client, cancellation);

    public ValueTask UpdateAsync(Client client, CancellationToken cancellation) => clients.ReplaceAsync(client, cancellation);

    public ValueTask DeleteAsync(Client client, CancellationToken cancellation) => clients.DeleteAsync(client, cancellation);

    public ValueTask<Client?> FindByIdAsync(string identifier, CancellationToken cancellation) => clients.FindAsync(identifier, cancellation);

    public ValueTask<Client?> FindByClientIdAsync(string identifier, CancellationToken cancellation) => clients.FindAsync(identifier, cancellation);

    public IAsyncEnumerable<Client> FindByRedirectUriAsync(string uri, CancellationToken cancellation) => AsyncEnumerable.Empty<Client>();

    public IAsyncEnumerable<Client> FindByPostLogoutRedirectUriAsync(string uri, CancellationToken cancellation) => AsyncEnumerable.Empty<Client>();

    public IAsyncEnumerable<Client> ListAsync(int? count, int? offset, CancellationToken cancellation) => clients.ListAsync(count, offset, cancellation);

    public ValueTask<Client> InstantiateAsync(CancellationToken cancellation) => new(new Client());

    public ValueTask<string?> GetIdAsync(Client client, CancellationToken cancellation) => new(client.Id);

    public ValueTask<string?> GetClientIdAsync(Client client, CancellationToken cancellation) => new(client.Id);

    public ValueTask<string?> GetClientSecretAsync(Client client, CancellationToken cancellation) => new(client.Secret);

    public ValueTask<string?> GetClientTypeAsync(Client client, CancellationToken cancellation) => new(client.Type);

    public ValueTask<string?> GetApplicationTypeAsync(Client client, CancellationToken cancellation) => new(client.Native ? ApplicationTypes.Native : ApplicationTypes.Web);

    public ValueTask<string?> GetConsentTypeAsync(Client client, CancellationToken cancellation) => new(ConsentTypes.Implicit);

    public ValueTask<string?> GetDisplayNameAsync(Client client, CancellationToken cancellation) => new(client.DisplayName);

    public ValueTask<ImmutableDictionary<CultureInfo, string>> GetDisplayNamesAsync(Client client, CancellationToken cancellation) => new(ImmutableDictionary<CultureInfo, string>.Empty);

    public ValueTask<JsonWebKeySet?> GetJsonWebKeySetAsync(Client client, CancellationToken cancellation) => default;

    public ValueTask<ImmutableArray<string>> GetPermissionsAsync(Client client, CancellationToken cancellation) => new([.. client.Permissions]);

    public ValueTask<ImmutableArray<string>> GetRedirectUrisAsync(Client client, CancellationToken cancellation) => new([.. client.RedirectUris]);

    public ValueTask<ImmutableArray<string>> GetPostLogoutRedirectUrisAsync(Client client, CancellationToken cancellation) => new([.. client.PostLogoutRedirectUris]);

    public ValueTask<ImmutableArray<string>> GetRequirementsAsync(Client client, CancellationToken cancellation) => new([]);

    public ValueTask<ImmutableDictionary<string, string>> GetSettingsAsync(Client client, CancellationToken cancellation) => new(ImmutableDictionary<string, string>.Empty);

    public ValueTask<ImmutableDictionary<string, JsonElement>> GetPropertiesAsync(Client client, CancellationToken cancellation) => new(client.ReadProperties());

    public ValueTask SetClientIdAsync(Client client, string? identifier, CancellationToken cancellation) { client.Id = identifier ?? client.Id; return default; }

    public ValueTask SetClientSecretAsync(Client client, string? secret, CancellationToken cancellation) { client.Secret = secret; return default; }

    public ValueTask SetClientTypeAsync(Client client, string? type, CancellationToken cancellation) { client.Type = type; return default; }

    public ValueTask SetDisplayNameAsync(Client client, string? name, CancellationToken cancellation) { client.DisplayName = name; return default; }

    public ValueTask SetPermissionsAsync(Client client, ImmutableArray<string> permissions, CancellationToken cancellation) { client.Permissions = [.. permissions]; return default; }

    public ValueTask SetPropertiesAsync(Client client, ImmutableDictionary<string, JsonElement> properties, CancellationToken cancellation) { client.WriteProperties(properties); return default; }

    public ValueTask SetApplicationTypeAsync(Client client, string? type, CancellationToken cancellation) => default;

    public ValueTask SetConsentTypeAsync(Client client, string? type, CancellationToken cancellation) => default;

    public ValueTask SetDisplayNamesAsync(Client client, ImmutableDictionary<CultureInfo, string> names, CancellationToken cancellation) => default;

    public ValueTask SetJsonWebKeySetAsync(Client client, JsonWebKeySet? set, CancellationToken cancellation) => default;

    public ValueTask SetPostLogoutRedirectUrisAsync(Client client, ImmutableArray<string> uris, CancellationToken cancellation) => default;

    public ValueTask SetRedirectUrisAsync(Client client, ImmutableArray<string> uris, CancellationToken cancellation) => default;

    public ValueTask SetRequirementsAsync(Client client, ImmutableArray<string> requirements, CancellationToken cancellation) => default;

    public ValueTask SetSettingsAsync(Client client, ImmutableDictionary<string, string> settings, CancellationToken cancellation) => default;

    public ValueTask<long> CountAsync<TResult>(Func<IQueryable<Client>, IQueryable<TResult>> query, CancellationToken cancellation) =>
        throw OpenIddictCollection<Client>.NoQueries();

    public ValueTask<TResult?> GetAsync<TState, TResult>(Func<IQueryable<Client>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellation) =>
        throw OpenIddictCollection<Client>.NoQueries();

    public IAsyncEnumerable<TResult> ListAsync<TState, TResult>(Func<IQueryable<Client>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellation) =>
        throw OpenIddictCollection<Client>.NoQueries();
}
