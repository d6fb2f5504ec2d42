using System.Buffers;
using EmbeddedStore.Bson;
using EmbeddedStore.Collections;
using EmbeddedStore.Planning;
using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

/// <summary>What one statement did.</summary>
internal readonly record struct WriteCount(long Matched, long Modified = 0, RawDocument? Upserted = null);

/// <summary>What insert, update and delete have in common: statements in order, errors by position, one reply.</summary>
internal static class Writing
{
    private static readonly SearchValues<char> NotInDatabaseNames = SearchValues.Create("/\\. \"$*<>:|?\0");

    public static string TargetOf(Call call)
    {
        var name = call.CollectionName;
        if (name.StartsWith("system.", StringComparison.Ordinal) || name.Contains('$') || name.Contains('\0'))
            throw new CommandException(73, "InvalidNamespace", $"Invalid collection name: {name}");
        if (call.Database.Length is 0 or > 63 || call.Database.AsSpan().ContainsAny(NotInDatabaseNames))
            throw new CommandException(73, "InvalidNamespace", $"Invalid database name: '{call.Database}'");
        return call.Namespace;
    }

    /// <summary>Statements are parsed and checked by <paramref name="prepare"/> before the write lock is taken, and run in it.</summary>
    public static async ValueTask<Reply> RunAsync<T>(
        Call call, RawDocument[] statements, Func<RawDocument, T> prepare, Func<T, Search?> searchOf, Func<StoreWriter, T, WriteCount> run)
    {
        if (statements.Length is 0 or > Limits.WriteBatch)
            throw new CommandException(21, "InvalidLength", $"Write batch sizes must be between 1 and {Limits.WriteBatch}. Got {statements.Length} operations.");
        var ordered = call.Flag("ordered", fallback: true);
        var prepared = Prepare(statements, prepare, ordered);
        await SearchAheadAsync(call, prepared.Where(statement => statement.Error is null).Select(statement => searchOf(statement.Statement)));
        var result = await call.Store.WriteAsync(writer =>
        {
            var outcome = new WriteOutcome();
            for (var i = 0; i < prepared.Count; i++)
            {
                try
                {
                    outcome.Add(i, run(writer, prepared[i].OrThrow()));
                }
                catch (Exception error) when (ErrorReply.IsOfStatement(error))
                {
                    outcome.Add(i, error);
                    if (ordered)
                        break;
                }
            }
            return outcome;
        });
        return result.Reply(withModified: call.Body.NameOfFirst() == "update");
    }

    public static async ValueTask SearchAheadAsync(Call call, IEnumerable<Search?> searches)
    {
        var view = call.Store.Read(call.Namespace);
        var far = searches.OfType<Search>().Where(search => search.IsLong(view)).ToList();
        if (far.Count == 0)
            return;
        await Task.Run(() => far.ForEach(search => search.RunAhead(view, call.Cancelled)));
        call.Plan = string.Join("; ", far.Select(search => search.Plan).Distinct());
    }

    private static List<Prepared<T>> Prepare<T>(RawDocument[] statements, Func<RawDocument, T> prepare, bool ordered)
    {
        var prepared = new List<Prepared<T>>(statements.Length);
        foreach (var statement in statements)
        {
            try
            {
                prepared.Add(new(prepare(statement), null));
            }
            catch (CommandException error) when (error.Code != 40415)
            {
                prepared.Add(new(default!, error));
                if (ordered)
                    break;
            }
        }
        return prepared;
    }

    private readonly record struct Prepared<T>(T Statement, CommandException? Error)
    {
        public T OrThrow() => Error is null ? Statement : throw Error;
    }
}
