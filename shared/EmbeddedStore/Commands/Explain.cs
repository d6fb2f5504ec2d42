using EmbeddedStore.Bson;
using EmbeddedStore.Planning;
using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

/// <summary>Tells the plan of a find or an aggregate; runs it where execution statistics are asked for.</summary>
internal static class Explain
{
    public static ValueTask<Reply> RunAsync(Call call)
    {
        var command = call.Body.At(0);
        if (!command.IsDocument)
            throw Call.Wrong("explain", command);
        var inner = call.Of(command.AsDocument);
        var name = inner.Body.NameOfFirst();
        if (name is not ("find" or "aggregate"))
            throw CommandException.NotImplemented($"explain of {name} is not supported");
        Options.Check(name, inner.Body);
        var query = Plan(name, inner);
        var executes = Executes(call["verbosity"]);
        return Reading.RunAsync(call, executes ? null : query.Plan, () =>
        {
            var returned = executes ? query.Run(call.Cancelled).LongCount() : 0;
            return Answer.Ok(reply => Write(reply, inner, query, executes ? returned : null));
        });
    }

    private static bool Executes(BsonValueRef verbosity) => (verbosity.IsMissing ? "queryPlanner" : verbosity.IsString ? verbosity.AsString : "") switch
    {
        "queryPlanner" => false,
        "executionStats" or "allPlansExecution" => true,
        _ => throw CommandException.BadValue($"Enumeration value {verbosity} for field 'explain.verbosity' is not a valid value."),
    };

    private static PlannedQuery Plan(string name, Call inner) =>
        name == "find" ? Find.Plan(inner, inner.Store.Read(inner.Namespace)) : Aggregate.Plan(inner).Query;

    private static void Write(DocumentWriter reply, Call inner, PlannedQuery query, long? returned)
    {
        var planner = reply.BeginDocument("queryPlanner");
        reply.Write("namespace", inner.Namespace);
        reply.Write("parsedQuery", query.Plan.Filter.Source);
        reply.Write("rejectedPlans", BsonValueRef.FromArray(RawDocument.Empty.ToArray()));
        var winning = reply.BeginDocument("winningPlan");
        WriteStages(reply, query);
        reply.End(winning);
        reply.End(planner);
        if (returned is not { } count)
            return;
        var statistics = reply.BeginDocument("executionStats");
        reply.Write("executionSuccess", true);
        reply.Write("nReturned", (int)count);
        reply.Write("totalKeysExamined", (int)query.Plan.KeysExamined);
        reply.Write("totalDocsExamined", (int)query.Plan.DocumentsExamined);
        reply.End(statistics);
    }

    private static void WriteStages(DocumentWriter reply, PlannedQuery query)
    {
        int? sort = null;
        if (query.SortsInMemory)
        {
            reply.Write("stage", "SORT");
            sort = reply.BeginDocument("inputStage");
        }
        if (query.Plan.Scans.Count == 0)
        {
            reply.Write("stage", "COLLSCAN");
            reply.Write("direction", query.Plan.IsBackward ? "backward" : "forward");
        }
        else
        {
            reply.Write("stage", "FETCH");
            var fetch = reply.BeginDocument("inputStage");
            WriteIndexScans(reply, query.Plan.Scans);
            reply.End(fetch);
        }
        if (sort is { } start)
            reply.End(start);
    }

    private static void WriteIndexScans(DocumentWriter reply, IReadOnlyList<IndexScan> scans)
    {
        if (scans is [var only])
        {
            WriteIndexScan(reply, only);
            return;
        }
        reply.Write("stage", "OR");
        var inputs = reply.BeginArray("inputStages");
        for (var i = 0; i < scans.Count; i++)
        {
            var start = reply.BeginDocument(i);
            WriteIndexScan(reply, scans[i]);
            reply.End(start);
        }
        reply.End(inputs);
    }

    private static void WriteIndexScan(DocumentWriter reply, IndexScan scan)
    {
        var index = scan.Index.Definition;
        reply.Write("stage", "IXSCAN");
        reply.Write("keyPattern", index.KeyPattern);
        reply.Write("indexName", index.Name);
        reply.Write("isMultiKey", scan.Index.Multikey);
        reply.Write("isUnique", index.Unique);
        reply.Write("isSparse", index.Sparse);
        reply.Write("isPartial", index.Partial is not null);
        reply.Write("direction", scan.Backward ? "backward" : "forward");
        reply.Write("ranges", scan.Bounds.Ranges.Count);
    }
}
