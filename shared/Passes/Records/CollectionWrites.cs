using MongoDB.Bson;

namespace Loyalty.Passes.Records;

/// <summary>
/// What a pass writes into one collection, in a form that may be repeated any number of times. Documents are bytes, made once: the
/// record holds them and the collection gets them.
/// </summary>
internal sealed record CollectionWrites
{
    public required string Collection { get; init; }

    /// <summary>Inserted by id; an id that exists already is left as it is.</summary>
    public List<RawBsonDocument> Insertions { get; init; } = [];

    /// <summary>Put in place of documents whose <c>lastPass</c> is lower, or inserted.</summary>
    public List<RawBsonDocument> Replacements { get; init; } = [];

    /// <summary>Set in every document that matches; it must come to the same when it is done again.</summary>
    public List<WideUpdate> Updates { get; init; } = [];
}

internal sealed record WideUpdate(BsonDocument Filter, BsonDocument Update);
