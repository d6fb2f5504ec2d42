using Microsoft.Data.Sqlite;

namespace EmbeddedStore.Storage;

/// <summary>Copies a store, whether it is open or not: a snapshot of one moment, whole or not at all.</summary>
internal static class FileCopy
{
    public static void Backup(string path, string target)
    {
        RequireNew(target);
        var source = StorePlace.Of(path).FilePath;
        if (!File.Exists(source))
            throw new StoreFileException($"There is no store at {path}.");
        // Note: where a host has the file open, the log beside it is that host's.
        using (var alone = FileLock.TryTake(source))
            if (alone is not null)
                LogCheck.RequireOwn(source, alone.File);
        Write(source, target, partial =>
        {
            using (var connection = StoreFile.OpenExisting(source))
            using (var command = connection.CreateCommand())
            {
                command.CommandText = "VACUUM INTO $target";
                command.Parameters.AddWithValue("$target", partial);
                command.CommandTimeout = 0;
                command.ExecuteNonQuery();
            }
            Renumber(partial);
        });
    }

    public static void Restore(string backup, string path)
    {
        var target = StorePlace.Of(path).FilePath;
        RequireNew(target);
        if (!File.Exists(backup))
            throw new StoreFileException($"There is no backup at {backup}.");
        Write(backup, target, partial =>
        {
            using (var connection = StoreFile.OpenExisting(backup))
                CheckWhole(connection, backup);
            Copy(backup, partial);
        });
    }

    // Note: under the target's own name there is never half a file, and what stands there is on disk.
    private static void Write(string source, string target, Action<string> copy)
    {
        var partial = target + ".partial";
        try
        {
            StorePlace.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(target))!);
            File.Delete(partial);
            StorePlace.CreateFile(partial);
            copy(partial);
            using (var file = new FileStream(partial, FileMode.Open, FileAccess.ReadWrite))
                file.Flush(flushToDisk: true);
            File.Move(partial, target);
        }
        catch (SqliteException error)
        {
            throw StoreFile.Explain(source, error);
        }
        catch (Exception error) when (error is IOException and not StoreFileException or UnauthorizedAccessException)
        {
            throw new StoreFileException($"{source} could not be copied to {target}: {error.Message}", error);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static void Copy(string from, string to)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var target = new FileStream(to, FileMode.Open, FileAccess.Write, FileShare.None);
        source.CopyTo(target, 1 << 20);
    }

    // Note: the log of the file that was copied must never be taken for the copy's.
    private static void Renumber(string copy)
    {
        using var connection = StoreFile.Connect(copy, create: false);
        StoreFile.Execute(connection, $"PRAGMA user_version={StoreHeader.VersionOf(StoreHeader.NewLog())}");
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
