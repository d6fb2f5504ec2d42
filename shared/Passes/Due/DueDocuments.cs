using System.Linq.Expressions;
using MongoDB.Driver;

namespace Loyalty.Passes.Due;

/// <summary>The documents of one collection that have a due time.</summary>
internal sealed class DueDocuments<T> : IDueSource where T : class, IPassDocument
{
    private static readonly FilterDefinitionBuilder<T> Where = Builders<T>.Filter;
    private static readonly FieldDefinition<T, string> Id = "_id";
    private static readonly FieldDefinition<T, string> Tenant = "tenant";

    private readonly IMongoCollection<T> documents;
    private readonly Func<T, DateTimeOffset?> timeOf;
    private readonly Func<T, DueItem?> itemOf;
    private readonly FieldDefinition<T, DateTimeOffset> field;

    public DueDocuments(IMongoDatabase database, string name, string collection, Expression<Func<T, DateTimeOffset?>> dueAt, Func<T, DueItem?> itemOf)
    {
        (Name, this.itemOf) = (name, itemOf);
        documents = database.GetCollection<T>(collection);
        timeOf = dueAt.Compile();
        field = new ExpressionFieldDefinition<T>(dueAt).Render(new(documents.DocumentSerializer, documents.Settings.SerializerRegistry)).FieldName;
    }

    public string Name { get; }

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => documents.Indexes.CreateManyAsync(
    [
        // What falls due next, of all tenants and of one.
        new(Builders<T>.IndexKeys.Ascending(Untyped(field)).Ascending(Untyped(Id))),
        new(Builders<T>.IndexKeys.Ascending(Untyped(Tenant)).Ascending(Untyped(field)).Ascending(Untyped(Id))),
    ], cancellationToken);

    public async Task<IReadOnlyList<DueEntry>> NextAsync(string? tenant, DuePoint? after, int limit, CancellationToken cancellationToken)
    {
        var from = after?.At ?? DateTimeOffset.UnixEpoch;
        var found = after is { } point ? await FindAsync(tenant, Where.Eq(field, point.At) & Where.Gt(Id, point.Id), limit, cancellationToken) : [];
        if (found.Count < limit)
            found.AddRange(await FindAsync(tenant, Where.Gt(field, from), limit - found.Count, cancellationToken));
        return [.. found.Select(EntryOf).OfType<DueEntry>()];
    }

    private Task<List<T>> FindAsync(string? tenant, FilterDefinition<T> due, int limit, CancellationToken cancellationToken) => documents
        .Find(tenant is null ? due : Where.Eq(Tenant, tenant) & due)
        .Sort(Builders<T>.Sort.Ascending(Untyped(field)).Ascending(Untyped(Id))).Limit(limit).ToListAsync(cancellationToken);

    private DueEntry? EntryOf(T document)
    {
        if (timeOf(document) is not { } at || itemOf(document) is not { } item)
            return null;
        var entry = NewEntry.Of(
            item.Tenant, $"{Name} {document.Id} {document.LastPass} {at.ToUnixTimeMilliseconds()}", item.Body, item.At, item.Subject);
        return new DueEntry(new(at, document.Id), item.What, entry);
    }

    private static StringFieldDefinition<T> Untyped<TField>(FieldDefinition<T, TField> field) =>
        new(field.Render(new(MongoDB.Bson.Serialization.BsonSerializer.LookupSerializer<T>(), MongoDB.Bson.Serialization.BsonSerializer.SerializerRegistry)).FieldName);
}

/// <summary>Tells the schedule of due times that an entry has set.</summary>
internal sealed class ExpectDue<T>(string source, Func<T, DateTimeOffset?> timeOf) : IAfterEntry where T : class, IPassDocument
{
    public Task AfterEntryAsync(Pass pass)
    {
        var documents = pass.Documents<T>();
        foreach (var id in documents.ChangedByEntry)
            pass.FallsDue(source, documents.Find(id) is { } document ? timeOf(document) : null);
        return Task.CompletedTask;
    }
}
