using Microsoft.Data.Sqlite;

namespace EmbeddedStore.Storage;

/// <summary>Copies a store, whether it is open or not: a snapshot of one moment, whole or not at all.</summary>
internal static class FileCopy
{
    public static void Backup(string path, string target)
    {
        RequireNew(target);
        if (!File.Exists(path))
            throw new StoreFileException($"There is no store at {path}.");
        Write(path, target, partial =>
        {
            using var connection = StoreFile.OpenExisting(path);
            using var command = connection.CreateCommand();
            command.CommandText = "VACUUM INTO $target";
            command.Parameters.AddWithValue("$target", partial);
            command.CommandTimeout = 0;
            command.ExecuteNonQuery();
        });
    }

    public static void Restore(string backup, string path)
    {
        RequireNew(path);
        if (!File.Exists(backup))
            throw new StoreFileException($"There is no backup at {backup}.");
        using var held = FileLock.Take(path);
        Write(backup, path, partial =>
        {
            using (var connection = StoreFile.OpenExisting(backup))
                CheckWhole(connection, backup);
            File.Copy(backup, partial);
        });
    }

    // Note: under the target's own name there is never half a file, and what stands there is on disk.
    private static void Write(string source, string target, Action<string> copy)
    {
        var partial = target + ".partial";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
            File.Delete(partial);
            copy(partial);
            using (var file = new FileStream(partial, FileMode.Open, FileAccess.ReadWrite))
                file.Flush(flushToDisk: true);
            File.Move(partial, target);
        }
        catch (SqliteException error)
        {
            throw StoreFile.Explain(source, error);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static void RequireNew(string target)
    {
        // Note: a write-ahead log left behind would be played into the new file.
        foreach (var file in new[] { target, target + "-wal" })
            if (File.Exists(file))
                throw new StoreFileException($"{file} exists already and is not overwritten: move it away first.");
    }

    private static void CheckWhole(SqliteConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check(1)";
        command.CommandTimeout = 0;
        if (command.ExecuteScalar() is not "ok" and var fault)
            throw new StoreFileException($"{path} is damaged: {fault}. Nothing was restored.");
    }
}
