using EmbeddedStore.Bson;
using EmbeddedStore.Query;
using MongoDB.Bson;

namespace EmbeddedStore.Update;

/// <summary>A parsed update: a replacement document, or update operators.</summary>
internal sealed class UpdateSpec
{
    private readonly RawDocument _source;
    private readonly ArrayFilters _filters;
    private readonly UpdateNode? _onUpdate;
    private readonly UpdateNode? _onInsert;
    private readonly bool _isPositional;
    // Note: a replacement that has its one _id in front can be stored as it came.
    private readonly bool _isWhole;

    private UpdateSpec(RawDocument source, ArrayFilters filters)
    {
        _source = source;
        _filters = filters;
        IsReplacement = !StartsWithOperator(source);
        if (IsReplacement)
        {
            filters.RequireAllUsed(source);
            _isWhole = RequirePlainFields(source);
            return;
        }

        var parser = new OperatorParser(filters);
        (_onUpdate, _onInsert) = parser.Parse(source);
        _isPositional = parser.IsPositional;
    }

    public bool IsReplacement { get; }

    /// <summary>Parses <c>u</c>, with the array of filters for <c>$[name]</c> when there is one.</summary>
    public static UpdateSpec Parse(BsonValueRef update, BsonValueRef arrayFilters = default)
    {
        if (update.IsArray)
            throw CommandException.NotImplemented("updates by an aggregation pipeline are not supported");
        return update.IsDocument
            ? new(update.AsDocument.RequireDepth(Limits.NestingLevels), ArrayFilters.Parse(arrayFilters))
            : throw CommandException.FailedToParse("Update argument must be either an object or an array");
    }

    /// <summary>Applies it. Returns the same memory when nothing changes; <paramref name="filter"/> tells what <c>$</c> stands for.</summary>
    public ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> document, Filter filter)
    {
        RawDocument before = document;
        var id = before.Find("_id"u8);
        ReadOnlyMemory<byte> after;
        if (_onUpdate is null)
        {
            after = Replacement(id);
            if (before.Bytes.SequenceEqual(after.Span))
                return document;
        }
        else
        {
            var positional = -1;
            if (_isPositional)
                filter.Matches(before, out positional);
            var run = new UpdateRun(_filters, id, positional, document.Length + _source.Length);
            after = run.Apply(_onUpdate, before);
            if (!run.Changed)
                return document;
        }

        RequireSameId(id, ((RawDocument)after).Find("_id"u8));
        return after;
    }

    /// <summary>The document to insert when an upsert finds none: the filter's equalities, then the update. It has no _id when neither gives
    /// one: the caller puts one in front with <see cref="WithId"/>.</summary>
    public ReadOnlyMemory<byte> ApplyToNothing(Filter filter)
    {
        var seed = UpsertSeed.From(filter, onlyId: IsReplacement);
        var id = ((RawDocument)seed).Find("_id"u8);
        if (_onInsert is null)
        {
            RequireSameId(id, _source.Find("_id"u8) is { IsMissing: false } own ? own : id);
            return Replacement(id);
        }

        var after = new UpdateRun(_filters, id, -1, seed.Length + _source.Length).Apply(_onInsert, seed);
        RequireSameId(id, ((RawDocument)after).Find("_id"u8));
        return after;
    }

    /// <summary>The document with its _id in front, a new ObjectId when it has none.</summary>
    public static ReadOnlyMemory<byte> WithId(ReadOnlyMemory<byte> document)
    {
        RawDocument source = document;
        foreach (var element in source)
        {
            if (element.IsNamed("_id"u8))
                return document;
            break;
        }

        var id = source.Find("_id"u8);
        return WithIdInFront(source, id.IsMissing ? new(ObjectId.GenerateNewId().ToByteArray(), 0, 12, BsonType.ObjectId) : id);
    }

    private ReadOnlyMemory<byte> Replacement(BsonValueRef id)
    {
        var own = _source.Find("_id"u8);
        if (_isWhole && (id.IsMissing || own.SameBytesAs(id)))
            return _source.Memory;
        if (!id.IsMissing && !own.IsMissing && !BsonOrder.AreEqual(id, own))
            throw CommandException.ImmutableField($"After applying the update, the (immutable) field '_id' was found to have been altered to _id: {own}");
        return WithIdInFront(_source, id.IsMissing ? own : id);
    }

    private static byte[] WithIdInFront(RawDocument source, BsonValueRef id)
    {
        var writer = new DocumentWriter(source.Length + 32);
        var start = writer.BeginDocument();
        writer.Write("_id"u8, id);
        foreach (var element in source)
            if (!element.IsNamed("_id"u8))
                writer.Write(element);
        writer.End(start);
        return writer.ToArray();
    }

    private static void RequireSameId(BsonValueRef before, BsonValueRef after)
    {
        if (!before.IsMissing && (after.IsMissing || !BsonOrder.AreEqual(before, after)))
            throw CommandException.ImmutableField("Performing an update on the path '_id' would modify the immutable field '_id'");
    }

    private static bool StartsWithOperator(RawDocument update)
    {
        foreach (var element in update)
            return element.NameBytes.StartsWith("$"u8);
        return false;
    }

    /// <summary>Answers whether the first field, and no other, is the _id.</summary>
    private static bool RequirePlainFields(RawDocument replacement)
    {
        int position = 0, ids = 0, place = -1;
        foreach (var element in replacement)
        {
            if (element.NameBytes.StartsWith("$"u8))
                throw new CommandException(52, "DollarPrefixedFieldName",
                    $"The dollar ($) prefixed field '{element.Name}' in '{element.Name}' is not allowed in the context of an update's replacement document.");
            if (element.IsNamed("_id"u8))
                (ids, place) = (ids + 1, position);
            position++;
        }
        return ids == 1 && place == 0 && replacement.Bytes[^1] == 0;
    }
}
