using System.Collections.Immutable;
using System.Text.Json;
using MongoDB.Driver;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Loyalty.Auth;

internal sealed class TokenStore(IMongoDatabase database, TimeProvider time) : IOpenIddictTokenStore<Token>
{
    private static readonly UpdateDefinition<Token> Revoked = Builders<Token>.Update.Set(token => token.Status, Statuses.Revoked);

    private readonly OpenIddictCollection<Token> tokens = new(database, "auth.tokens");

    public Task CreateIndexesAsync(CancellationToken cancellation) => tokens.Documents.Indexes.CreateManyAsync(
    [
        // A family: what a reused refresh token revokes, and whether a sign-in still has tokens.
        new(Builders<Token>.IndexKeys.Ascending(token => token.AuthorizationId)),
        // Everything of one person, when they are deactivated or change their password.
        new(Builders<Token>.IndexKeys.Ascending(token => token.Subject)),
        // Everything of one client, when it is changed or deleted.
        new(Builders<Token>.IndexKeys.Ascending(token => token.ApplicationId)),
        // The code that a browser brings back.
        new(Builders<Token>.IndexKeys.Ascending(token => token.ReferenceId)),
        // Note: an expired token is refused without its document, which has then no more to say.
        new(Builders<Token>.IndexKeys.Ascending(token => token.ExpirationDate), new CreateIndexOptions { ExpireAfter = TimeSpan.FromHours(1) }),
    ], cancellation);

    public ValueTask<long> CountAsync(CancellationToken cancellation) => tokens.CountAsync(cancellation);

    public ValueTask CreateAsync(Token token, CancellationToken cancellation) => tokens.InsertAsync(token, cancellation);

    public ValueTask UpdateAsync(Token token, CancellationToken cancellation) => tokens.ReplaceAsync(token, cancellation);

    public ValueTask DeleteAsync(Token token, CancellationToken cancellation) => tokens.DeleteAsync(token, cancellation);

    public ValueTask<Token?> FindByIdAsync(string identifier, CancellationToken cancellation) => tokens.FindAsync(identifier, cancellation);

    /// <summary>Authorization codes only; no other token is issued by reference.</summary>
    public async ValueTask<Token?> FindByReferenceIdAsync(string identifier, CancellationToken cancellation) =>
        await tokens.Documents.Find(token => token.ReferenceId == identifier).FirstOrDefaultAsync(cancellation);

    /// <summary>Uses a token up, in one update, unless somebody else was faster.</summary>
    public async Task<bool> RedeemAsync(string id, byte[]? successor, string? successorId, CancellationToken cancellation) =>
        await tokens.UpdateAsync(
            Builders<Token>.Filter.Where(token => token.Id == id && token.Status == Statuses.Valid),
            Builders<Token>.Update.Set(token => token.Status, Statuses.Redeemed).Set(token => token.RedemptionDate, time.GetUtcNow())
                .Set(token => token.Successor, successor).Set(token => token.SuccessorId, successorId),
            cancellation) > 0;

    /// <summary>Takes back tokens that nobody was given.</summary>
    public async Task WithdrawAsync(IEnumerable<string?> ids, CancellationToken cancellation) =>
        await tokens.Documents.DeleteManyAsync(Builders<Token>.Filter.In(token => token.Id, ids.OfType<string>()), cancellation);

    /// <summary>Ends every token of somebody who is erased, and leaves nothing that leads to them.</summary>
    public ValueTask<long> EraseSubjectAsync(string subject, CancellationToken cancellation) => tokens.UpdateAsync(
        Fitting(subject, null, null, null), Revoked.Unset(token => token.Subject).Unset(token => token.Payload).Unset(token => token.Successor), cancellation);

    public IAsyncEnumerable<Token> FindByApplicationIdAsync(string identifier, CancellationToken cancellation) =>
        tokens.ListAsync(token => token.ApplicationId == identifier, cancellation);

    public IAsyncEnumerable<Token> FindByAuthorizationIdAsync(string identifier, CancellationToken cancellation) =>
        tokens.ListAsync(token => token.AuthorizationId == identifier, cancellation);

    public IAsyncEnumerable<Token> FindBySubjectAsync(string subject, CancellationToken cancellation) =>
        tokens.ListAsync(token => token.Subject == subject, cancellation);

    public IAsyncEnumerable<Token> FindAsync(string? subject, string? client, string? status, string? type, CancellationToken cancellation) =>
        tokens.ListAsync(Fitting(subject, client, status, type), cancellation);

    public IAsyncEnumerable<Token> ListAsync(int? count, int? offset, CancellationToken cancellation) => tokens.ListAsync(count, offset, cancellation);

    public async ValueTask<long> PruneAsync(DateTimeOffset threshold, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return (await tokens.Documents.DeleteManyAsync(token => token.CreationDate < threshold && token.ExpirationDate < now, cancellation)).DeletedCount;
    }

    public ValueTask<long> RevokeAsync(string? subject, string? client, string? status, string? type, CancellationToken cancellation) =>
        tokens.UpdateAsync(Fitting(subject, client, status, type), Revoked, cancellation);

    public ValueTask<long> RevokeByApplicationIdAsync(string identifier, CancellationToken cancellation) =>
        RevokeAsync(null, identifier, null, null, cancellation);

    public ValueTask<long> RevokeByAuthorizationIdAsync(string identifier, CancellationToken cancellation) =>
        tokens.UpdateAsync(Builders<Token>.Filter.Eq(token => token.AuthorizationId, identifier), Revoked, cancellation);

    public ValueTask<long> RevokeBySubjectAsync(string subject, CancellationToken cancellation) =>
        RevokeAsync(subject, null, null, null, cancellation);

    public ValueTask<Token> InstantiateAsync(CancellationToken cancellation) => new(new Token());

    public ValueTask<string?> GetIdAsync(Token token, CancellationToken cancellation) => new(token.Id);

    public ValueTask<string?> GetApplicationIdAsync(Token token, CancellationToken cancellation) => new(token.ApplicationId);

    public ValueTask<string?> GetAuthorizationIdAsync(Token token, CancellationToken cancellation) => new(token.AuthorizationId);

    public ValueTask<string?> GetSubjectAsync(Token token, CancellationToken cancellation) => new(token.Subject);

    public ValueTask<string?> GetTypeAsync(Token token, CancellationToken cancellation) => new(token.Type);

    public ValueTask<string?> GetStatusAsync(Token token, CancellationToken cancellation) => new(token.Status);

    public ValueTask<string?> GetReferenceIdAsync(Token token, CancellationToken cancellation) => new(token.ReferenceId);

    public ValueTask<string?> GetPayloadAsync(Token token, CancellationToken cancellation) => new(token.Payload);

    public ValueTask<DateTimeOffset?> GetCreationDateAsync(Token token, CancellationToken cancellation) => new(token.CreationDate);

    public ValueTask<DateTimeOffset?> GetExpirationDateAsync(Token token, CancellationToken cancellation) => new(token.ExpirationDate);

    public ValueTask<DateTimeOffset?> GetRedemptionDateAsync(Token token, CancellationToken cancellation) => new(token.RedemptionDate);

    public ValueTask<ImmutableDictionary<string, JsonElement>> GetPropertiesAsync(Token token, CancellationToken cancellation) => new(token.ReadProperties());

    public ValueTask SetApplicationIdAsync(Token token, string? identifier, CancellationToken cancellation) { token.ApplicationId = identifier; return default; }

    public ValueTask SetAuthorizationIdAsync(Token token, string? identifier, CancellationToken cancellation) { token.AuthorizationId = identifier; return default; }

    public ValueTask SetSubjectAsync(Token token, string? subject, CancellationToken cancellation) { token.Subject = subject; return default; }

    public ValueTask SetTypeAsync(Token token, string? type, CancellationToken cancellation) { token.Type = type; return default; }

    public ValueTask SetStatusAsync(Token token, string? status, CancellationToken cancellation) { token.Status = status; return default; }

    public ValueTask SetReferenceIdAsync(Token token, string? identifier, CancellationToken cancellation) { token.ReferenceId = identifier; return default; }

    public ValueTask SetPayloadAsync(Token token, string? payload, CancellationToken cancellation) { token.Payload = payload; return default; }

    public ValueTask SetCreationDateAsync(Token token, DateTimeOffset? date, CancellationToken cancellation) { token.CreationDate = date; return default; }

    public ValueTask SetExpirationDateAsync(Token token, DateTimeOffset? date, CancellationToken cancellation) { token.ExpirationDate = date; return default; }

    public ValueTask SetRedemptionDateAsync(Token token, DateTimeOffset? date, CancellationToken cancellation) { token.RedemptionDate = date; return default; }

    public ValueTask SetPropertiesAsync(Token token, ImmutableDictionary<string, JsonElement> properties, CancellationToken cancellation) { token.WriteProperties(properties); return default; }

    public ValueTask<long> CountAsync<TResult>(Func<IQueryable<Token>, IQueryable<TResult>> query, CancellationToken cancellation) =>
        throw OpenIddictCollection<Token>.NoQueries();

    public ValueTask<TResult?> GetAsync<TState, TResult>(Func<IQueryable<Token>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellation) =>
        throw OpenIddictCollection<Token>.NoQueries();

    public IAsyncEnumerable<TResult> ListAsync<TState, TResult>(Func<IQueryable<Token>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellation) =>
        throw OpenIddictCollection<Token>.NoQueries();

    private static FilterDefinition<Token> Fitting(string? subject, string? client, string? status, string? type)
    {
        var filter = Builders<Token>.Filter.Empty;
        if (subject is not null)
            filter &= Builders<Token>.Filter.Eq(token => token.Subject, subject);
        if (client is not null)
            filter &= Builders<Token>.Filter.Eq(token => token.ApplicationId, client);
        if (status is not null)
            filter &= Builders<Token>.Filter.Eq(token => token.Status, status);
        if (type is not null)
            filter &= Builders<Token>.Filter.Eq(token => token.Type, type);
        return filter;
    }
}
