using System.Linq.Expressions;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Driver;

namespace Loyalty.Passes;

/// <summary>
/// Documents of a collection that are looked up together by a field, such as all that belong to one account. The definition has one
/// meaning in the database and in memory.
/// </summary>
public sealed class DocumentGroup<T> where T : class
{
    private readonly Func<T, object?> keysOf;
    private readonly Func<T, bool>? condition;
    private readonly string field;
    private readonly BsonDocument? conditionFilter;

    /// <param name="field">A field that holds a key, or a list of keys.</param>
    /// <param name="condition">Only documents that fulfil this belong to the group.</param>
    public DocumentGroup(Expression<Func<T, object?>> field, Expression<Func<T, bool>>? condition = null)
    {
        var render = new RenderArgs<T>(BsonSerializer.LookupSerializer<T>(), BsonSerializer.SerializerRegistry);
        this.field = new ExpressionFieldDefinition<T>(field).Render(render).FieldName;
        conditionFilter = condition is null ? null : Builders<T>.Filter.Where(condition).Render(render);
        keysOf = field.Compile();
        this.condition = condition?.Compile();
    }

    internal IEnumerable<string> KeysOf(T document) => condition?.Invoke(document) == false ? [] : keysOf(document) switch
    {
        string key => [key],
        IEnumerable<string> keys => keys,
        _ => [],
    };

    /// <summary>Note: written as BSON, because translating expressions anew in every pass takes longer than the answer.</summary>
    internal BsonDocument Filter(IEnumerable<string> keys)
    {
        var filter = new BsonDocument(field, new BsonDocument("$in", new BsonArray(keys)));
        return conditionFilter is null ? filter : filter.Merge(conditionFilter);
    }

    /// <summary>The key of a stored document that cannot be read as <typeparamref name="T"/>; null if even that cannot be told.</summary>
    internal string? KeyOf(BsonDocument document) => document.TryGetValue(field, out var key) && key.IsString ? key.AsString : null;
}
