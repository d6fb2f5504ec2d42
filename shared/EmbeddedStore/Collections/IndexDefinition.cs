using EmbeddedStore.Bson;
using EmbeddedStore.Query;
using MongoDB.Bson;

namespace EmbeddedStore.Collections;

/// <summary>What createIndexes was told, checked; <see cref="Spec"/> is what listIndexes answers and the file keeps.</summary>
internal sealed class IndexDefinition
{
    private IndexDefinition(RawDocument spec)
    {
        Spec = spec;
        Name = spec.Find("name"u8).AsString;
        KeyPattern = spec.Find("key"u8).AsDocument;
        Keys = IndexKeys.Parse(KeyPattern);
        Unique = IsId || IndexOptions.IsTrue(spec.Find("unique"u8));
        Sparse = IndexOptions.IsTrue(spec.Find("sparse"u8));
        var partial = spec.Find("partialFilterExpression"u8);
        if (!partial.IsMissing)
            Partial = Filter.Parse(partial.AsDocument);
        var expiry = spec.Find("expireAfterSeconds"u8);
        if (!expiry.IsMissing)
            ExpireAfter = TimeSpan.FromSeconds(BsonNumber.ToDouble(expiry));
    }

    public const string IdName = "_id_";
    private const int MostFields = 32;

    public RawDocument Spec { get; }

    public string Name { get; }

    public RawDocument KeyPattern { get; }

    public IndexKeys Keys { get; }

    public bool Unique { get; }

    public bool Sparse { get; }

    public Filter? Partial { get; }

    public TimeSpan? ExpireAfter { get; }

    /// <summary>Whether it has the document: a sparse or partial index leaves some out.</summary>
    public bool Holds(RawDocument document) => (!Sparse || Keys.HasAnyField(document)) && Partial?.Matches(document) != false;

    public bool IsId => Name == IdName;

    public static IndexDefinition Id { get; } = Load(
        new BsonDocument { { "v", 2 }, { "key", new BsonDocument("_id", 1) }, { "name", IdName } }.ToBson());

    /// <summary>Reads a definition that was accepted once: from the file.</summary>
    public static IndexDefinition Load(byte[] spec) => new(spec);

    public static IndexDefinition Parse(RawDocument request)
    {
        var definition = new IndexDefinition(IndexOptions.Normalise(request));
        if (IndexOptions.IsId(request))
            return Id;
        if (definition.IsId)
            throw CommandException.BadValue($"The index name '{IdName}' is reserved for the _id index, which must have key pattern {{_id: 1}}, found key: {definition.KeyPattern}");
        if (definition.Keys.Paths.Count > MostFields)
            throw Refuse($"Index key pattern cannot have more than {MostFields} fields");
        definition.Partial?.RequirePartialIndexShape();
        if (definition.ExpireAfter is not null && definition.Keys.Paths.Count != 1)
            throw Refuse("TTL indexes are single-field indexes, compound indexes do not support TTL");
        if (definition.Sparse && definition.Partial is not null)
            throw Refuse("cannot mix \"partialFilterExpression\" and \"sparse\" options");
        return definition;
    }

    public static CommandException Refuse(string message) => new(67, "CannotCreateIndex", message);
}
