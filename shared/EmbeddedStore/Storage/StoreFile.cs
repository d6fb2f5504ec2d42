using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EmbeddedStore.Storage;

/// <summary>Opens the SQLite file: is it ours, of this format, and nobody else's at the moment?</summary>
internal static class StoreFile
{
    /// <summary>"EMDS": tells our files from other SQLite files.</summary>
    public const int ApplicationId = 0x454D4453;

    public const int Format = 1;

    /// <summary>SQLite's own default.</summary>
    public const int PageSize = 4096;

    public static SqliteConnection Connect(string path, bool create = true)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 60,
        }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>The writer's connection, after checking the file and making the tables of a new one.</summary>
    public static SqliteConnection Open(string path)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = Connect(path);
            Check(connection, path);
            // Note: FULL makes every commit reach the disk; checkpoints are the checkpointer's business, on its own thread.
            Execute(connection, "PRAGMA journal_mode=WAL");
            Execute(connection, "PRAGMA synchronous=FULL");
            Execute(connection, "PRAGMA wal_autocheckpoint=0");
            // Note: what was deleted does not stay in the file.
            Execute(connection, "PRAGMA secure_delete=ON");
            // Note: our own statements do not try again; somebody with an SQLite tool may hold the file for a moment.
            Execute(connection, "PRAGMA busy_timeout=2000");
            // Note: 64 MB of pages. With SQLite's 2 MB a group that changes rows all over a large file reads their pages, and writes some of them twice.
            Execute(connection, "PRAGMA cache_size=-65536");
            return connection;
        }
        catch (SqliteException error)
        {
            connection?.Dispose();
            throw Explain(path, error);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>A connection to a file that must be a store already.</summary>
    public static SqliteConnection OpenExisting(string path)
    {
        var connection = Connect(path, create: false);
        try
        {
            if (Scalar(connection, "PRAGMA application_id") != ApplicationId)
                throw new StoreFileException($"{path} is not a database of this store.");
            Check(connection, path);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static StoreFileException Explain(string path, SqliteException error) => error.SqliteErrorCode switch
    {
        11 => new($"{path} is damaged (SQLite: {error.Message}). It was left as it is; restore a backup beside it.", error),
        13 => new($"The disk that holds {path} is full: make room. Nothing that was acknowledged is lost.", error),
        14 => new($"{path} cannot be opened: does the folder exist, and may this process write to it?", error),
        26 => new($"{path} is not a database of this store (SQLite: {error.Message}). It was left as it is.", error),
        8 => new($"{path} may not be written by this process.", error),
        _ => new($"{path} cannot be used: SQLite says {error.Message} ({error.SqliteExtendedErrorCode}).", error),
    };

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>What the rows take in the file, without pages that are free.</summary>
    public static long UsedBytes(SqliteConnection connection) =>
        (Scalar(connection, "PRAGMA page_count") - Scalar(connection, "PRAGMA freelist_count")) * Scalar(connection, "PRAGMA page_size");

    /// <summary>How many pages this connection has written since it was last asked.</summary>
    public static long TakePagesWritten(SqliteConnection connection)
    {
        raw.sqlite3_db_status(connection.Handle!, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1);
        return pages;
    }

    private static void Check(SqliteConnection connection, string path)
    {
        var application = Scalar(connection, "PRAGMA application_id");
        var format = StoreHeader.FormatOf(Scalar(connection, "PRAGMA user_version"));
        var tables = Scalar(connection, "SELECT COUNT(*) FROM sqlite_master");
        if (application == 0 && tables == 0)
            Create(connection);
        else if (application != ApplicationId)
            throw new StoreFileException($"{path} is an SQLite file of another program. It was left as it is.");
        else if (format > Format)
            throw new StoreFileException($"{path} has format {format}, written by a newer version; this one reads format {Format}. It was left as it is.");
        else if (format < Format)
            throw new StoreFileException($"{path} has the older format {format}; this version reads format {Format} only. It was left as it is.");
    }

    private static void Create(SqliteConnection connection) => Execute(connection, $"""
        BEGIN;
        PRAGMA application_id={ApplicationId};
        PRAGMA user_version={StoreHeader.VersionOf(StoreHeader.NewLog())};
        CREATE TABLE collections(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE indexes(collection INTEGER NOT NULL, name TEXT NOT NULL, definition BLOB NOT NULL, PRIMARY KEY(collection, name));
        COMMIT;
        """);
}
