using System.Buffers.Binary;
using EmbeddedStore.Storage;
using Microsoft.Data.Sqlite;

namespace EmbeddedStore.Collections;

/// <summary>Reads the whole file into memory.</summary>
internal static class StoreLoader
{
    public static IReadOnlyList<Collection> Load(string path, SqliteConnection connection)
    {
        try
        {
            var collections = new List<(Collection Collection, List<IndexDefinition> Indexes)>();
            using (var names = new Statement(connection, "SELECT id, name FROM collections ORDER BY id"))
                while (names.Read())
                    collections.Add((new Collection((int)names.Int64(0), names.Text(1)), [IndexDefinition.Id]));
            foreach (var (collection, indexes) in collections)
                ReadIndexes(connection, collection, indexes);
            foreach (var (collection, _) in collections)
                ReadDocuments(path, connection, collection);
            foreach (var (collection, indexes) in collections)
                collection.BuildLoaded(indexes);
            return [.. collections.Select(entry => entry.Collection)];
        }
        catch (SqliteException error)
        {
            throw StoreFile.Explain(path, error);
        }
        catch (Exception error) when (error is CommandException or DuplicateKeyException or AggregateException)
        {
            throw new StoreFileException($"{path} is damaged: {error.Message}. It was left as it is; restore a backup beside it.", error);
        }
    }

    private static void ReadIndexes(SqliteConnection connection, Collection collection, List<IndexDefinition> indexes)
    {
        using var rows = new Statement(connection, $"SELECT definition FROM indexes WHERE collection={collection.Id} ORDER BY rowid");
        while (rows.Read())
            indexes.Add(IndexDefinition.Load(rows.Blob(0).ToArray()));
    }

    private static void ReadDocuments(string path, SqliteConnection connection, Collection collection)
    {
        using var rows = new Statement(connection, $"SELECT record, body FROM c{collection.Id} ORDER BY record");
        while (rows.Read())
        {
            var body = rows.Blob(1);
            if (body.Length < 5 || BinaryPrimitives.ReadInt32LittleEndian(body) != body.Length || body[^1] != 0)
                throw new StoreFileException($"{path} is damaged: record {rows.Int64(0)} of {collection.Namespace} is no document. It was left as it is.");
            collection.Load(rows.Int64(0), body);
        }
    }
}
