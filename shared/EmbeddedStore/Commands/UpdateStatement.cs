using EmbeddedStore.Bson;
using EmbeddedStore.Collections;
using EmbeddedStore.Planning;
using EmbeddedStore.Query;
using EmbeddedStore.Update;

namespace EmbeddedStore.Commands;

/// <summary>One statement of an update command, ready to run.</summary>
internal sealed class UpdateStatement
{
    private readonly Filter filter;
    private readonly UpdateSpec update;
    private readonly bool multi;
    private readonly bool upsert;
    private readonly BsonValueRef hint;

    private UpdateStatement(RawDocument statement)
    {
        var query = statement.Find("q"u8);
        if (!query.IsDocument)
            throw Call.Wrong("update.updates.q", query);
        filter = Filter.Parse(query.AsDocument);
        update = UpdateSpec.Parse(statement.Find("u"u8), statement.Find("arrayFilters"u8));
        multi = Call.Flag(statement, "multi");
        upsert = Call.Flag(statement, "upsert");
        hint = statement.Find("hint"u8);
        if (multi && update.IsReplacement)
            throw CommandException.FailedToParse("multi update is not supported for replacement-style update");
    }

    public static UpdateStatement Parse(RawDocument statement)
    {
        Options.CheckFields("update.updates", Scope.UpdateStatement, statement);
        return new(statement);
    }

    public WriteCount Run(StoreWriter writer, string ns, CancellationToken cancelled)
    {
        if (writer.Find(ns) is { } collection)
        {
            // Note: the records are collected first, so that a changed document is not met again further on.
            var found = Planner.Choose(collection.Current, filter, hint: hint).Run(cancelled).Select(match => match.Record);
            long matched = 0, modified = 0;
            foreach (var record in multi ? found.ToList() : found.Take(1).ToList())
            {
                matched++;
                if (Change(writer, collection, record))
                    modified++;
            }
            if (matched > 0)
                return new(matched, modified);
        }
        return upsert ? Insert(writer, ns) : default;
    }

    private bool Change(StoreWriter writer, Collection collection, long record)
    {
        var before = collection.Read(record).Memory;
        var after = update.Apply(before, filter);
        if (after.Equals(before))
            return false;
        DocumentChecks.CheckUpdated(after);
        writer.Replace(collection, record, after);
        return true;
    }

    private WriteCount Insert(StoreWriter writer, string ns)
    {
        RawDocument document = UpdateSpec.WithId(update.ApplyToNothing(filter));
        DocumentChecks.CheckUpdated(document);
        writer.Insert(writer.Ensure(ns), document);
        return new(1, 0, document);
    }
}
