using System.Runtime.ExceptionServices;
using EmbeddedStore.Storage;
using Microsoft.Data.Sqlite;

namespace EmbeddedStore.Collections;

/// <summary>
/// Reads the whole file into memory, on all processors: first segments of rows, each with its keys in order, then, for each collection, what puts
/// the segments together.
/// </summary>
internal static class StoreLoader
{
    private const int RecordsPerSegment = 1 << 16;

    public static IReadOnlyList<Collection> Load(string path, SqliteConnection connection)
    {
        try
        {
            var segments = Plan(connection, out var collections);
            Parallel.ForEach(
                segments,
                () => new Reader(path),
                (segment, _, reader) =>
                {
                    reader.Read(segment);
                    return reader;
                },
                reader => reader.Dispose());
            var all = segments.ToLookup(segment => segment.Collection);
            Parallel.ForEach(collections.SelectMany(entry => entry.Collection.Adopting(entry.Indexes, [.. all[entry.Collection]])), part => part());
            collections.ForEach(entry => entry.Collection.Publish(entry.Collection.Freeze()));
            return [.. collections.Select(entry => entry.Collection)];
        }
        catch (SqliteException error)
        {
            throw StoreFile.Explain(path, error);
        }
        catch (AggregateException errors)
        {
            throw Explain(path, errors.Flatten().InnerExceptions[0]);
        }
    }

    private static Exception Explain(string path, Exception error)
    {
        switch (error)
        {
            case SqliteException sqlite:
                return StoreFile.Explain(path, sqlite);
            case CommandException or DuplicateKeyException:
                return new StoreFileException($"{path} is damaged: {error.Message}. It was left as it is; restore a backup beside it.", error);
            default:
                ExceptionDispatchInfo.Throw(error);
                return error;
        }
    }

    private static List<Segment> Plan(SqliteConnection connection, out List<(Collection Collection, List<IndexDefinition> Indexes)> collections)
    {
        collections = [];
        using (var names = new Statement(connection, "SELECT id, name FROM collections ORDER BY id"))
            while (names.Read())
                collections.Add((new Collection((int)names.Int64(0), names.Text(1)), [IndexDefinition.Id]));
        var segments = new List<Segment>();
        foreach (var (collection, indexes) in collections)
        {
            ReadIndexes(connection, collection, indexes);
            var (first, last) = Bounds(connection, collection);
            for (var from = first; from <= last; from += RecordsPerSegment)
                segments.Add(new Segment(collection, indexes, from, from + RecordsPerSegment));
        }
        return segments;
    }

    private static void ReadIndexes(SqliteConnection connection, Collection collection, List<IndexDefinition> indexes)
    {
        using var rows = new Statement(connection, $"SELECT definition FROM indexes WHERE collection={collection.Id} ORDER BY rowid");
        while (rows.Read())
            indexes.Add(IndexDefinition.Load(rows.Blob(0).ToArray()));
    }

    private static (long First, long Last) Bounds(SqliteConnection connection, Collection collection)
    {
        // Note: SQLite looks at one end of the table for each, where both together would be a scan.
        using var bounds = new Statement(connection,
            $"SELECT (SELECT MIN(record) FROM c{collection.Id}), (SELECT MAX(record) FROM c{collection.Id}), EXISTS(SELECT 1 FROM c{collection.Id})");
        bounds.Read();
        return bounds.Int64(2) == 0 ? (0, -1) : (bounds.Int64(0), bounds.Int64(1));
    }

    /// <summary>One processor's connection.</summary>
    private sealed class Reader(string path) : IDisposable
    {
        private readonly SqliteConnection connection = StoreFile.Connect(path, create: false);

        public void Read(Segment segment)
        {
            using var rows = new Statement(connection, $"SELECT record, body FROM c{segment.Collection.Id} WHERE record >= ?1 AND record < ?2 ORDER BY record");
            segment.Read(path, rows);
        }

        public void Dispose() => connection.Dispose();
    }
}
