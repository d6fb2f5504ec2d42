using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EmbeddedStore.Storage;

/// <summary>What a failed commit means: may it be taken back and tried again later, or does nobody know what the file holds?</summary>
internal static class CommitFailure
{
    /// <summary>
    /// Whether the transaction surely did not reach the file. Note: not after a failed fsync, which says nothing about what the disk has, and
    /// would say nothing if it were tried again; nor where the file itself is damaged.
    /// </summary>
    public static bool MayBeTakenBack(SqliteException error) => error.SqliteErrorCode switch
    {
        raw.SQLITE_FULL or raw.SQLITE_NOMEM or raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_BUSY or raw.SQLITE_LOCKED => true,
        raw.SQLITE_IOERR => error.SqliteExtendedErrorCode is raw.SQLITE_IOERR_WRITE or raw.SQLITE_IOERR_READ or raw.SQLITE_IOERR_SHORT_READ
            or raw.SQLITE_IOERR_SHMSIZE or raw.SQLITE_IOERR_SHMMAP or raw.SQLITE_IOERR_SHMOPEN or raw.SQLITE_IOERR_SHMLOCK or raw.SQLITE_IOERR_LOCK,
        _ => false,
    };

    public static OutageException Explain(string path, SqliteException error)
    {
        var reason = StoreFile.Explain(path, error).Message;
        return IsNoRoom(error)
            ? OutageException.NoRoom($"{reason} Writes are refused until there is room.", error)
            : OutageException.NotWritable($"{reason} Writes are refused until that is over.", error);
    }

    /// <summary>Note: the index of the write-ahead log lies in a file, too, that grows with it.</summary>
    public static bool IsNoRoom(SqliteException error) =>
        error.SqliteErrorCode == raw.SQLITE_FULL || error.SqliteExtendedErrorCode == raw.SQLITE_IOERR_SHMSIZE;
}
