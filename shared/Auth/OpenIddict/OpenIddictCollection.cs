using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using MongoDB.Driver;
using static OpenIddict.Abstractions.OpenIddictExceptions;

namespace Loyalty.Auth;

/// <summary>What the four OpenIddict stores do alike: whole documents by id, replaced only over the version that was read.</summary>
internal sealed class OpenIddictCollection<T>(IMongoDatabase database, string name) where T : OpenIddictDocument
{
    public IMongoCollection<T> Documents { get; } = database.GetCollection<T>(name);

    public async ValueTask InsertAsync(T document, CancellationToken cancellation) =>
        await Documents.InsertOneAsync(document, cancellationToken: cancellation);

    public async ValueTask ReplaceAsync(T document, CancellationToken cancellation)
    {
        var (id, read) = (document.Id, document.Version);
        document.Version = OpenIddictDocument.NewVersion();
        var result = await Documents.ReplaceOneAsync(stored => stored.Id == id && stored.Version == read, document, cancellationToken: cancellation);
        if (result.MatchedCount is 0)
            throw Changed();
    }

    public async ValueTask DeleteAsync(T document, CancellationToken cancellation)
    {
        var result = await Documents.DeleteOneAsync(stored => stored.Id == document.Id && stored.Version == document.Version, cancellation);
        if (result.DeletedCount is 0)
            throw Changed();
    }

    public async ValueTask<T?> FindAsync(string id, CancellationToken cancellation) =>
        await Documents.Find(stored => stored.Id == id).FirstOrDefaultAsync(cancellation);

    public async ValueTask<long> CountAsync(CancellationToken cancellation) =>
        await Documents.CountDocumentsAsync(FilterDefinition<T>.Empty, cancellationToken: cancellation);

    public IAsyncEnumerable<T> ListAsync(Expression<Func<T, bool>> filter, CancellationToken cancellation) =>
        ListAsync(Documents.Find(filter), cancellation);

    public IAsyncEnumerable<T> ListAsync(FilterDefinition<T> filter, CancellationToken cancellation) =>
        ListAsync(Documents.Find(filter), cancellation);

    public IAsyncEnumerable<T> ListAsync(int? count, int? offset, CancellationToken cancellation) =>
        ListAsync(Documents.Find(FilterDefinition<T>.Empty).SortBy(stored => stored.Id).Skip(offset).Limit(count), cancellation);

    /// <summary>Sets the status of all that fit, and gives each a new version, so that a change in flight fails.</summary>
    public async ValueTask<long> UpdateAsync(FilterDefinition<T> filter, UpdateDefinition<T> update, CancellationToken cancellation) =>
        (await Documents.UpdateManyAsync(filter, update.Set(stored => stored.Version, OpenIddictDocument.NewVersion()), cancellationToken: cancellation)).ModifiedCount;

    /// <summary>Note: OpenIddict calls the overloads that take a LINQ query nowhere; they exist for applications.</summary>
    public static NotSupportedException NoQueries() => new("Queries over IQueryable are not supported here.");

    private static async IAsyncEnumerable<T> ListAsync(IFindFluent<T, T> find, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var cursor = await find.ToCursorAsync(cancellation);
        while (await cursor.MoveNextAsync(cancellation))
            foreach (var document in cursor.Current)
                yield return document;
    }

    private static ConcurrencyException Changed() => new("The document was changed or deleted since it was read.");
}
