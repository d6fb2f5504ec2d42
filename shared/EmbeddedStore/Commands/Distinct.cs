using EmbeddedStore.Bson;
using EmbeddedStore.Planning;
using EmbeddedStore.Query;
using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

internal static class Distinct
{
    public static ValueTask<Reply> RunAsync(Call call)
    {
        var key = call["key"];
        if (!key.IsString)
            throw Call.Wrong("key", key);
        var path = FieldPath.Parse(key.AsString);
        var filter = Filter.Parse(call.DocumentOr("query", RawDocument.Empty));
        var plan = Planner.Choose(call.Store.Read(call.Namespace), filter, hint: Reading.Hint(call));
        return Reading.RunAsync(call, plan, () =>
        {
            var values = new SortedDictionary<byte[], BsonValueRef>(KeyComparer.Instance);
            foreach (var (_, document) in plan.Run(call.Cancelled))
                PathWalk.Any(path, document, ref values, Collect, intoLeafArrays: false);
            return Reply(values.Values);
        });
    }

    private static bool Collect(BsonValueRef value, int outerIndex, ref SortedDictionary<byte[], BsonValueRef> values)
    {
        if (value.IsArray)
            foreach (var item in value.AsDocument)
                values.TryAdd(KeyEncoding.Encode(item.Value), item.Value);
        else if (!value.IsMissing)
            values.TryAdd(KeyEncoding.Encode(value), value);
        return false;
    }

    private static Reply Reply(IEnumerable<BsonValueRef> values) => Answer.Ok(reply =>
    {
        var array = reply.BeginArray("values");
        var position = 0;
        foreach (var value in values)
            reply.Write(position++, value);
        reply.End(array);
    });
}
