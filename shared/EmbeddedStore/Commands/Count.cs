using EmbeddedStore.Bson;
using EmbeddedStore.Planning;
using EmbeddedStore.Query;
using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

internal static class Count
{
    public static ValueTask<Reply> RunAsync(Call call)
    {
        var view = call.Store.Read(call.Namespace);
        var filter = Filter.Parse(call.DocumentOr("query", RawDocument.Empty));
        var (skip, limit) = (Reading.Skip(call), Reading.Limit(call));
        if (filter.MatchesEverything && Reading.Hint(call).IsMissing)
            return ValueTask.FromResult(Reply(Window(view.Records.Count, skip, limit)));
        var plan = Planner.Choose(view, filter, hint: Reading.Hint(call));
        return Reading.RunAsync(call, plan, () =>
        {
            var most = limit == 0 || limit > long.MaxValue - skip ? long.MaxValue : skip + limit;
            var count = 0L;
            foreach (var _ in plan.Run(call.Cancelled))
                if (++count == most)
                    break;
            return Reply(Window(count, skip, limit));
        });
    }

    private static long Window(long count, long skip, long limit)
    {
        var left = Math.Max(0, count - skip);
        return limit == 0 ? left : Math.Min(left, limit);
    }

    private static Reply Reply(long count) => Answer.Ok(reply =>
    {
        if (count <= int.MaxValue)
            reply.Write("n", (int)count);
        else
            reply.Write("n", count);
    });
}
