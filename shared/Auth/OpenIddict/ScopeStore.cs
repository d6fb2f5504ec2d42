using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using MongoDB.Driver;
using OpenIddict.Abstractions;

namespace Loyalty.Auth;

/// <summary>Note: OpenIddict asks for scopes while it issues a token, so there must be a store, if only an empty one.</summary>
internal sealed class ScopeStore(IMongoDatabase database) : IOpenIddictScopeStore<Scope>
{
    private readonly OpenIddictCollection<Scope> scopes = new(database, "auth.scopes");

    public ValueTask<long> CountAsync(CancellationToken cancellation) => scopes.CountAsync(cancellation);

    public ValueTask CreateAsync(Scope scope, CancellationToken cancellation) => scopes.InsertAsync(scope, cancellation);

    public ValueTask UpdateAsync(Scope scope, CancellationToken cancellation) => scopes.ReplaceAsync(scope, cancellation);

    public ValueTask DeleteAsync(Scope scope, CancellationToken cancellation) => scopes.DeleteAsync(scope, cancellation);

    public ValueTask<Scope?> FindByIdAsync(string identifier, CancellationToken cancellation) => scopes.FindAsync(identifier, cancellation);

    public async ValueTask<Scope?> FindByNameAsync(string name, CancellationToken cancellation) =>
        await scopes.Documents.Find(scope => scope.Name == name).FirstOrDefaultAsync(cancellation);

    public IAsyncEnumerable<Scope> FindByNamesAsync(ImmutableArray<string> names, CancellationToken cancellation) =>
        scopes.ListAsync(Builders<Scope>.Filter.In(scope => scope.Name, names), cancellation);

    public IAsyncEnumerable<Scope> FindByResourceAsync(string resource, CancellationToken cancellation) =>
        scopes.ListAsync(Builders<Scope>.Filter.AnyEq(scope => scope.Resources, resource), cancellation);

    public IAsyncEnumerable<Scope> ListAsync(int? count, int? offset, CancellationToken cancellation) => scopes.ListAsync(count, offset, cancellation);

    public ValueTask<Scope> InstantiateAsync(CancellationToken cancellation) => new(new Scope());

    public ValueTask<string?> GetIdAsync(Scope scope, CancellationToken cancellation) => new(scope.Id);

    public ValueTask<string?> GetNameAsync(Scope scope, CancellationToken cancellation) => new(scope.Name);

    public ValueTask<string?> GetDisplayNameAsync(Scope scope, CancellationToken cancellation) => new(scope.DisplayName);

    public ValueTask<string?> GetDescriptionAsync(Scope scope, CancellationToken cancellation) => new(scope.Description);

    public ValueTask<ImmutableArray<string>> GetResourcesAsync(Scope scope, CancellationToken cancellation) => new([.. scope.Resources]);

    public ValueTask<ImmutableDictionary<CultureInfo, string>> GetDisplayNamesAsync(Scope scope, CancellationToken cancellation) => new(ImmutableDictionary<CultureInfo, string>.Empty);

    public ValueTask<ImmutableDictionary<CultureInfo, string>> GetDescriptionsAsync(Scope scope, CancellationToken cancellation) => new(ImmutableDictionary<CultureInfo, string>.Empty);

    public ValueTask<ImmutableDictionary<string, JsonElement>> GetPropertiesAsync(Scope scope, CancellationToken cancellation) => new(scope.ReadProperties());

    public ValueTask SetNameAsync(Scope scope, string? name, CancellationToken cancellation) { scope.Name = name; return default; }

    public ValueTask SetDisplayNameAsync(Scope scope, string? name, CancellationToken cancellation) { scope.DisplayName = name; return default; }

    public ValueTask SetDescriptionAsync(Scope scope, string? description, CancellationToken cancellation) { scope.Description = description; return default; }

    public ValueTask SetResourcesAsync(Scope scope, ImmutableArray<string> resources, CancellationToken cancellation) { scope.Resources = [.. resources]; return default; }

    public ValueTask SetDisplayNamesAsync(Scope scope, ImmutableDictionary<CultureInfo, string> names, CancellationToken cancellation) => default;

    public ValueTask SetDescriptionsAsync(Scope scope, ImmutableDictionary<CultureInfo, string> descriptions, CancellationToken cancellation) => default;

    public ValueTask SetPropertiesAsync(Scope scope, ImmutableDictionary<string, JsonElement> properties, CancellationToken cancellation) { scope.WriteProperties(properties); return default; }

    public ValueTask<long> CountAsync<TResult>(Func<IQueryable<Scope>, IQueryable<TResult>> query, CancellationToken cancellation) =>
        throw OpenIddictCollection<Scope>.NoQueries();

    public ValueTask<TResult?> GetAsync<TState, TResult>(Func<IQueryable<Scope>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellation) =>
        throw OpenIddictCollection<Scope>.NoQueries();

    public IAsyncEnumerable<TResult> ListAsync<TState, TResult>(Func<IQueryable<Scope>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellation) =>
        throw OpenIddictCollection<Scope>.NoQueries();
}
