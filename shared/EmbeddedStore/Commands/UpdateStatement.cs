using EmbeddedStore.Bson;
using EmbeddedStore.Collections;
using EmbeddedStore.Planning;
using EmbeddedStore.Query;
using EmbeddedStore.Update;

namespace EmbeddedStore.Commands;

/// <summary>One statement of an update command, ready to run.</summary>
internal sealed class UpdateStatement
{
    private readonly UpdateSpec update;
    private readonly bool upsert;

    private UpdateStatement(RawDocument statement)
    {
        var query = statement.Find("q"u8);
        if (!query.IsDocument)
            throw Call.Wrong("update.updates.q", query);
        update = UpdateSpec.Parse(statement.Find("u"u8), statement.Find("arrayFilters"u8));
        var multi = Call.Flag(statement, "multi");
        Search = new Search(Filter.Parse(query.AsDocument), statement.Find("hint"u8), one: !multi);
        upsert = Call.Flag(statement, "upsert");
        if (multi && update.IsReplacement)
            throw CommandException.FailedToParse("multi update is not supported for replacement-style update");
    }

    public Search Search { get; }

    private Filter Filter => Search.Filter;

    public static UpdateStatement Parse(RawDocument statement)
    {
        Options.CheckFields("update.updates", Scope.UpdateStatement, statement);
        return new(statement);
    }

    public WriteCount Run(StoreWriter writer, string ns, Func<CancellationToken> cancelled)
    {
        if (writer.Find(ns) is { } collection)
        {
            long matched = 0, modified = 0;
            foreach (var record in Search.InLock(collection, cancelled))
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
        var after = update.Apply(before, Filter);
        if (after.Equals(before))
            return false;
        DocumentChecks.CheckUpdated(after);
        writer.Replace(collection, record, after);
        return true;
    }

    private WriteCount Insert(StoreWriter writer, string ns)
    {
        RawDocument document = UpdateSpec.WithId(update.ApplyToNothing(Filter));
        DocumentChecks.CheckUpdated(document);
        writer.Insert(writer.Ensure(ns), document);
        return new(1, 0, document);
    }
}
