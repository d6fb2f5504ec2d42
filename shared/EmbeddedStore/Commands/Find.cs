using EmbeddedStore.Bson;
using EmbeddedStore.Collections;
using EmbeddedStore.Planning;
using EmbeddedStore.Query;
using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

internal static class Find
{
    public static ValueTask<Reply> RunAsync(Call call)
    {
        var query = Plan(call, call.Store.Read(call.Namespace));
        var projection = call.DocumentOr("projection", RawDocument.Empty);
        var shape = projection.IsEmpty ? null : Projection.Parse(projection);
        var limit = call.Whole("limit", 0);
        return Reading.OfferAsync(call, query.Plan, call.Whole("batchSize", Limits.FirstBatch), limit < 0 || call.Flag("singleBatch"), cancelled =>
        {
            var documents = query.Run(cancelled);
            return shape is null ? documents : documents.Select(shape.Apply);
        });
    }

    public static PlannedQuery Plan(Call call, CollectionView view)
    {
        var sort = call.DocumentOr("sort", RawDocument.Empty);
        var (skip, limit) = (Reading.Skip(call), Reading.Limit(call));
        return PlannedQuery.Of(view, Filter.Parse(call.DocumentOr("filter", RawDocument.Empty)),
            sort.IsEmpty ? null : SortSpec.Parse(sort), skip, limit == 0 ? null : limit, Reading.Hint(call));
    }
}
