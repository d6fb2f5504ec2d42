using EmbeddedStore.Bson;
using EmbeddedStore.Collections;
using EmbeddedStore.Planning;
using EmbeddedStore.Query;
using EmbeddedStore.Update;
using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

/// <summary>Finds the first document in an order, changes or removes it, and answers it as it was or as it is.</summary>
internal sealed class FindAndModify
{
    private readonly string ns;
    private readonly Search search;
    private readonly SortSpec? sort;
    private readonly Projection? fields;
    private readonly UpdateSpec? update;
    private readonly bool wantsNew;
    private readonly bool upsert;

    private FindAndModify(Call call)
    {
        ns = Writing.TargetOf(call);
        search = new Search(Filter.Parse(call.DocumentOr("query", RawDocument.Empty)), Reading.Hint(call), one: true);
        var order = call.DocumentOr("sort", RawDocument.Empty);
        sort = order.IsEmpty ? null : SortSpec.Parse(order);
        var shape = call.DocumentOr("fields", RawDocument.Empty);
        fields = shape.IsEmpty ? null : Projection.Parse(shape);
        (wantsNew, upsert) = (call.Flag("new"), call.Flag("upsert"));
        var remove = call.Flag("remove");
        if (remove == !call["update"].IsMissing)
            throw CommandException.FailedToParse("Either an update or remove=true must be specified");
        if (remove && (wantsNew || upsert))
            throw CommandException.FailedToParse("Cannot specify both new=true or upsert=true and remove=true");
        if (!remove)
            update = UpdateSpec.Parse(call["update"], call["arrayFilters"]);
    }

    public static async ValueTask<Reply> RunAsync(Call call)
    {
        var command = new FindAndModify(call);
        if (command.sort is null)
            await Writing.SearchAheadAsync(call, [command.search]);
        return await call.Store.WriteAsync(writer => command.Run(writer, () => call.Cancelled));
    }

    private Reply Run(StoreWriter writer, Func<CancellationToken> cancelled)
    {
        if (writer.Find(ns) is { } collection && First(collection, cancelled) is { } record)
            return update is null ? Remove(writer, collection, record) : Change(writer, collection, record, update);
        if (!upsert)
            return Reply(0, default(RawDocument?), update is not null, null);
        RawDocument inserted = UpdateSpec.WithId(update!.ApplyToNothing(search.Filter));
        DocumentChecks.CheckUpdated(inserted);
        writer.Insert(writer.Ensure(ns), inserted);
        return Reply(1, wantsNew ? inserted : default(RawDocument?), true, inserted);
    }

    private long? First(Collection collection, Func<CancellationToken> cancelled)
    {
        if (sort is null)
            return search.InLock(collection, cancelled) is [var only] ? only : null;
        var plan = Planner.Choose(collection.Current, search.Filter, sort, search.Hint);
        (long Record, byte[] Key)? best = null;
        foreach (var (record, document) in plan.Run(cancelled()))
        {
            if (plan.IsSorted)
                return record;
            var key = sort.KeyOf(document);
            if (best is null || KeyComparer.Instance.Compare(key, best.Value.Key) < 0)
                best = (record, key);
        }
        return best?.Record;
    }

    private Reply Remove(StoreWriter writer, Collection collection, long record)
    {
        var removed = collection.Read(record);
        writer.Delete(collection, record);
        return Reply(1, removed, false, null);
    }

    private Reply Change(StoreWriter writer, Collection collection, long record, UpdateSpec change)
    {
        var before = collection.Read(record).Memory;
        var after = change.Apply(before, search.Filter);
        if (!after.Equals(before))
        {
            DocumentChecks.CheckUpdated(after);
            writer.Replace(collection, record, after);
        }
        return Reply(1, wantsNew ? after : before, true, null);
    }

    private Reply Reply(int found, RawDocument? value, bool isUpdate, RawDocument? upserted) => Answer.Ok(reply =>
    {
        var last = reply.BeginDocument("lastErrorObject");
        reply.Write("n", found);
        if (isUpdate)
            reply.Write("updatedExisting", found == 1 && upserted is null);
        if (upserted is { } inserted)
            reply.Write("upserted", inserted.Find("_id"u8));
        reply.End(last);
        if (value is { } document)
            reply.Write("value", fields is null ? document : fields.Apply(document.Memory));
        else
            reply.WriteNull("value");
    });
}
