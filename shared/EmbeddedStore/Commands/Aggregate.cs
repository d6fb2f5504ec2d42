using EmbeddedStore.Aggregation;
using EmbeddedStore.Planning;
using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

internal static class Aggregate
{
    public static ValueTask<Reply> RunAsync(Call call)
    {
        if (!call.Body.At(0).IsString)
            throw CommandException.NotImplemented("aggregate without a collection is not supported");
        if (!call["cursor"].IsDocument)
            throw CommandException.FailedToParse("The 'cursor' option is required, except for aggregate with the explain argument");
        var (pipeline, query) = Plan(call);
        return Reading.OfferAsync(call, query.Plan, Reading.BatchSize(call), single: false, cancelled => pipeline.Run(query.Run(cancelled), cancelled));
    }

    public static (Pipeline Pipeline, PlannedQuery Query) Plan(Call call)
    {
        var pipeline = Pipeline.Parse(call["pipeline"]);
        return (pipeline, PlannedQuery.Of(call.Store.Read(call.Namespace), pipeline.Match, pipeline.Sort, pipeline.Skip, pipeline.Limit, Reading.Hint(call)));
    }
}
