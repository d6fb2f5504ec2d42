using System.Collections.Immutable;
using System.Text.Json;
using MongoDB.Driver;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Loyalty.Auth;

internal sealed class AuthorizationStore(IMongoDatabase database) : IOpenIddictAuthorizationStore<Authorization>
{
    private const int PruneBatch = 500;

    private static readonly UpdateDefinition<Authorization> Revoked =
        Builders<Authorization>.Update.Set(authorization => authorization.Status, Statuses.Revoked);

    private readonly OpenIddictCollection<Authorization> authorizations = new(database, "auth.authorizations");
    private readonly IMongoCollection<Token> tokens = database.GetCollection<Token>("auth.tokens");

    public Task CreateIndexesAsync(CancellationToken cancellation) => authorizations.Documents.Indexes.CreateManyAsync(
    [
        // Every sign-in of one person, to end them.
        new(Builders<Authorization>.IndexKeys.Ascending(authorization => authorization.Subject)),
        // Every sign-in through one client, to end them.
        new(Builders<Authorization>.IndexKeys.Ascending(authorization => authorization.ApplicationId)),
        // Every sign-in that came of one session in a browser, to end them.
        new(Builders<Authorization>.IndexKeys.Ascending(authorization => authorization.SessionId)),
        // The oldest, to prune those whose tokens are gone.
        new(Builders<Authorization>.IndexKeys.Ascending(authorization => authorization.CreationDate)),
    ], cancellation);

    public ValueTask<long> CountAsync(CancellationToken cancellation) => authorizations.CountAsync(cancellation);

    public ValueTask CreateAsync(Authorization authorization, CancellationToken cancellation) => authorizations.InsertAsync(authorization, cancellation);

    public ValueTask UpdateAsync(Authorization authorization, CancellationToken cancellation) => authorizations.ReplaceAsync(authorization, cancellation);

    public ValueTask DeleteAsync(Authorization authorization, CancellationToken cancellation) => authorizations.DeleteAsync(authorization, cancellation);

    public ValueTask<Authorization?> FindByIdAsync(string identifier, CancellationToken cancellation) => authorizations.FindAsync(identifier, cancellation);

    public IAsyncEnumerable<Authorization> FindByApplicationIdAsync(string identifier, CancellationToken cancellation) =>
        authorizations.ListAsync(authorization => authorization.ApplicationId == identifier, cancellation);

    public IAsyncEnumerable<Authorization> FindBySubjectAsync(string subject, CancellationToken cancellation) =>
        authorizations.ListAsync(authorization => authorization.Subject == subject, cancellation);

    public IAsyncEnumerable<Authorization> FindAsync(
        string? subject, string? client, string? status, string? type, ImmutableArray<string>? scopes, CancellationToken cancellation)
    {
        var filter = Fitting(subject, client, status, type);
        if (scopes is { IsDefaultOrEmpty: false } all)
            filter &= Builders<Authorization>.Filter.All(authorization => authorization.Scopes, all);
        return authorizations.ListAsync(filter, cancellation);
    }

    public IAsyncEnumerable<Authorization> ListAsync(int? count, int? offset, CancellationToken cancellation) =>
        authorizations.ListAsync(count, offset, cancellation);

    /// <summary>Deletes old sign-ins that no token descends from any more.</summary>
    public async ValueTask<long> PruneAsync(DateTimeOffset threshold, CancellationToken cancellation)
    {
        var (deleted, after) = (0L, "");
        while (true)
        {
            var batch = await authorizations.Documents
                .Find(authorization => authorization.CreationDate < threshold && authorization.Id.CompareTo(after) > 0)
                .SortBy(authorization => authorization.Id).Limit(PruneBatch).Project(authorization => authorization.Id).ToListAsync(cancellation);
            if (batch.Count == 0)
                return deleted;
            var used = await tokens.Find(Builders<Token>.Filter.In(token => token.AuthorizationId, batch)).Project(token => token.AuthorizationId).ToListAsync(cancellation);
            var unused = batch.Except(used).ToList();
            deleted += (await authorizations.Documents.DeleteManyAsync(
                Builders<Authorization>.Filter.In(authorization => authorization.Id, unused), cancellation)).DeletedCount;
            after = batch[^1];
        }
    }

    public ValueTask<long> RevokeAsync(string? subject, string? client, string? status, string? type, CancellationToken cancellation) =>
        authorizations.UpdateAsync(Fitting(subject, client, status, type), Revoked, cancellation);

    public ValueTask<long> RevokeByApplicationIdAsync(string identifier, CancellationToken cancellation) =>
        RevokeAsync(null, identifier, null, null, cancellation);

    public ValueTask<long> RevokeByIdAsync(string identifier, CancellationToken cancellation) =>
        authorizations.UpdateAsync(Builders<Authorization>.Filter.Eq(authorization => authorization.Id, identifier), Revoked, cancellation);

    public ValueTask<long> RevokeBySubjectAsync(string subject, CancellationToken cancellation) =>
        RevokeAsync(subject, null, null, null, cancellation);

    /// <summary>Notes which session in a browser a sign-in came of.</summary>
    public async Task BelongsToAsync(string identifier, string session, CancellationToken cancellation) => await authorizations.UpdateAsync(
        Builders<Authorization>.Filter.Eq(authorization => authorization.Id, identifier),
        Builders<Authorization>.Update.Set(authorization => authorization.SessionId, session), cancellation);

    public async Task<IReadOnlyList<string>> OfSessionAsync(string session, CancellationToken cancellation) =>
        await authorizations.Documents.Find(authorization => authorization.SessionId == session).Project(authorization => authorization.Id).ToListAsync(cancellation);

    /// <summary>Ends every sign-in of somebody who is erased, and leaves nothing that leads to them.</summary>
    public ValueTask<long> EraseSubjectAsync(string subject, CancellationToken cancellation) => authorizations.UpdateAsync(
        Fitting(subject, null, null, null), Revoked.Unset(authorization => authorization.Subject), cancellation);

    public ValueTask<Authorization> InstantiateAsync(CancellationToken cancellation) => new(new Authorization());

    public ValueTask<string?> GetIdAsync(Authorization authorization, CancellationToken cancellation) => new(authorization.Id);

    public ValueTask<string?> GetApplicationIdAsync(Authorization authorization, CancellationToken cancellation) => new(authorization.ApplicationId);

    public ValueTask<string?> GetSubjectAsync(Authorization authorization, CancellationToken cancellation) => new(authorization.Subject);

    public ValueTask<string?> GetStatusAsync(Authorization authorization, CancellationToken cancellation) => new(authorization.Status);

    public ValueTask<string?> GetTypeAsync(Authorization authorization, CancellationToken cancellation) => new(authorization.Type);

    public ValueTask<ImmutableArray<string>> GetScopesAsync(Authorization authorization, CancellationToken cancellation) => new([.. authorization.Scopes]);

    public ValueTask<DateTimeOffset?> GetCreationDateAsync(Authorization authorization, CancellationToken cancellation) => new(authorization.CreationDate);

    public ValueTask<ImmutableDictionary<string, JsonElement>> GetPropertiesAsync(Authorization authorization, CancellationToken cancellation) =>
        new(authorization.ReadProperties());

    public ValueTask SetApplicationIdAsync(Authorization authorization, string? identifier, CancellationToken cancellation) { authorization.ApplicationId = identifier; return default; }

    public ValueTask SetSubjectAsync(Authorization authorization, string? subject, CancellationToken cancellation) { authorization.Subject = subject; return default; }

    public ValueTask SetStatusAsync(Authorization authorization, string? status, CancellationToken cancellation) { authorization.Status = status; return default; }

    public ValueTask SetTypeAsync(Authorization authorization, string? type, CancellationToken cancellation) { authorization.Type = type; return default; }

    public ValueTask SetScopesAsync(Authorization authorization, ImmutableArray<string> scopes, CancellationToken cancellation) { authorization.Scopes = [.. scopes]; return default; }

    public ValueTask SetCreationDateAsync(Authorization authorization, DateTimeOffset? date, CancellationToken cancellation) { authorization.CreationDate = date; return default; }

    public ValueTask SetPropertiesAsync(Authorization authorization, ImmutableDictionary<string, JsonElement> properties, CancellationToken cancellation) { authorization.WriteProperties(properties); return default; }

    public ValueTask<long> CountAsync<TResult>(Func<IQueryable<Authorization>, IQueryable<TResult>> query, CancellationToken cancellation) =>
        throw OpenIddictCollection<Authorization>.NoQueries();

    public ValueTask<TResult?> GetAsync<TState, TResult>(Func<IQueryable<Authorization>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellation) =>
        throw OpenIddictCollection<Authorization>.NoQueries();

    public IAsyncEnumerable<TResult> ListAsync<TState, TResult>(Func<IQueryable<Authorization>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellation) =>
        throw OpenIddictCollection<Authorization>.NoQueries();

    private static FilterDefinition<Authorization> Fitting(string? subject, string? client, string? status, string? type)
    {
        var filter = Builders<Authorization>.Filter.Empty;
        if (subject is not null)
            filter &= Builders<Authorization>.Filter.Eq(authorization => authorization.Subject, subject);
        if (client is not null)
            filter &= Builders<Authorization>.Filter.Eq(authorization => authorization.ApplicationId, client);
        if (status is not null)
            filter &= Builders<Authorization>.Filter.Eq(authorization => authorization.Status, status);
        if (type is not null)
            filter &= Builders<Authorization>.Filter.Eq(authorization => authorization.Type, type);
        return filter;
    }
}
