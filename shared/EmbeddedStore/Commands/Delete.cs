using EmbeddedStore.Bson;
using EmbeddedStore.Planning;
using EmbeddedStore.Query;
using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

internal static class Delete
{
    public static ValueTask<Reply> RunAsync(Call call)
    {
        var ns = Writing.TargetOf(call);
        return Writing.RunAsync(call, call.Documents("deletes"), Parse, search => search, (writer, search) =>
        {
            if (writer.Find(ns) is not { } collection)
                return default;
            var records = search.InLock(collection, () => call.Cancelled);
            foreach (var record in records)
                writer.Delete(collection, record);
            return new WriteCount(records.Count);
        });
    }

    private static Search Parse(RawDocument statement)
    {
        Options.CheckFields("delete.deletes", Scope.DeleteStatement, statement);
        var query = statement.Find("q"u8);
        var limit = statement.Find("limit"u8);
        if (!query.IsDocument)
            throw Call.Wrong("delete.deletes.q", query);
        if (!limit.IsNumber || !BsonNumber.TryWhole(limit, out var most) || most is not (0 or 1))
            throw CommandException.FailedToParse($"The limit field in delete objects must be 0 or 1. Got {limit}");
        return new Search(Filter.Parse(query.AsDocument), statement.Find("hint"u8), one: most == 1);
    }
}
