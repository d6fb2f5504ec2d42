using EmbeddedStore.Bson;
using EmbeddedStore.Planning;
using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

/// <summary>What commands that read have in common.</summary>
internal static class Reading
{
    /// <summary>
    /// Runs short work at once and long work on a thread of the pool: the caller's thread must come back soon, or nobody could cancel it.
    /// </summary>
    public static async ValueTask<T> RunAsync<T>(Call call, Plan? plan, Func<T> work)
    {
        call.Plan = plan;
        return plan?.IsShort == true ? work() : await Task.Run(work);
    }

    /// <summary>The first batch of a result, and a cursor for the rest where there is one.</summary>
    public static ValueTask<Reply> OfferAsync(Call call, Plan? plan, long batchSize, bool single, Func<CancellationToken, IEnumerable<ReadOnlyMemory<byte>>> run) =>
        OfferAsync(call, call.Namespace, plan, batchSize, single, run);

    public static ValueTask<Reply> OfferAsync(
        Call call, string ns, Plan? plan, long batchSize, bool single, Func<CancellationToken, IEnumerable<ReadOnlyMemory<byte>>> run)
    {
        if (batchSize < 0)
            throw CommandException.BadValue("BSON field 'batchSize' value must be >= 0");
        return RunAsync(call, plan, () =>
        {
            var cursor = new Cursor(ns, plan?.IsShort == true, run) { NeverExpires = call.Flag("noCursorTimeout") };
            var batch = new List<ReadOnlyMemory<byte>>();
            var more = false;
            try
            {
                more = cursor.Fill(batch, batchSize, call) && !single;
            }
            finally
            {
                if (!more)
                    cursor.Dispose();
            }
            if (more)
                call.Server.Cursors.Add(cursor);
            return Answer.Batch(ns, cursor.Id, batch, first: true);
        });
    }

    /// <summary>The batch size in a command's <c>cursor</c> option, which holds nothing else.</summary>
    public static long BatchSize(Call call)
    {
        var cursor = call.DocumentOr("cursor", RawDocument.Empty);
        Options.CheckFields("cursor", Scope.CursorOptions, cursor);
        var size = cursor.Find("batchSize"u8);
        return size.IsMissing ? Limits.FirstBatch : size.IsNumber && BsonNumber.TryWhole(size, out var whole) ? whole : throw Call.Wrong("batchSize", size);
    }

    public static long Skip(Call call)
    {
        var skip = call.Whole("skip", 0);
        return skip >= 0 ? skip : throw new CommandException(51024, "Location51024", $"BSON field 'skip' value must be >= 0, actual value '{skip}'");
    }

    /// <summary>0 is no limit; a negative one means the same number in one batch.</summary>
    public static long Limit(Call call)
    {
        var limit = call.Whole("limit", 0);
        return limit == long.MinValue ? throw Call.Wrong("limit", call["limit"]) : Math.Abs(limit);
    }

    public static BsonValueRef Hint(Call call)
    {
        var hint = call["hint"];
        return hint.IsDocument && hint.AsDocument.IsEmpty ? BsonValueRef.Missing : hint;
    }
}
