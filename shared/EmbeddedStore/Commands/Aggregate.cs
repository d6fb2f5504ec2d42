using EmbeddedStore.Aggregation;
using EmbeddedStore.Bson;
using EmbeddedStore.Planning;
using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

internal static class Aggregate
{
    public static ValueTask<Reply> RunAsync(Call call)
    {
        if (!call.Body.At(0).IsString)
            throw CommandException.NotImplemented("aggregate without a collection is not supported");
        var (pipeline, query) = Plan(call);
        return Reading.OfferAsync(call, query.Plan, BatchSize(call), single: false, cancelled => pipeline.Run(query.Run(cancelled), cancelled));
    }

    public static (Pipeline Pipeline, PlannedQuery Query) Plan(Call call)
    {
        var pipeline = Pipeline.Parse(call["pipeline"], call.Server.Clock.GetUtcNow());
        return (pipeline, PlannedQuery.Of(call.Store.Read(call.Namespace), pipeline.Match, pipeline.Sort, pipeline.Skip, pipeline.Limit, Reading.Hint(call)));
    }

    private static long BatchSize(Call call)
    {
        var cursor = call["cursor"];
        if (!cursor.IsDocument)
            throw CommandException.FailedToParse("The 'cursor' option is required, except for aggregate with the explain argument");
        var size = cursor.AsDocument.Find("batchSize"u8);
        foreach (var field in cursor.AsDocument)
            if (field.Name != "batchSize")
                throw new CommandException(40415, "Location40415", $"BSON field 'cursor.{field.Name}' is an unknown field.");
        return size.IsMissing ? Limits.FirstBatch : size.IsNumber && BsonNumber.TryWhole(size, out var whole) ? whole : throw Call.Wrong("batchSize", size);
    }
}
