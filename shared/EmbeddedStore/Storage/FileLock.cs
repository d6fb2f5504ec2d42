namespace EmbeddedStore.Storage;

/// <summary>
/// Keeps a second process away from the file: all data live in memory, and two memories would drift apart. The lock is on the file itself, so
/// that no link leads around it, and lasts as long as this process has it open. Note: where a process opens and closes a file once more, SQLite's own
/// locks on it are gone (POSIX); so this is taken before SQLite opens the file, and released after it has closed it.
/// </summary>
internal sealed class FileLock(FileStream stream) : IDisposable
{
    public Stream File => stream;

    public static FileLock Take(string path)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or FileNotFoundException))
        {
            throw new StoreFileException($"{path} is in use: another process has it open. Only one may.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreFileException($"{path} cannot be opened: is it there, and may this process write to it and to its folder?", error);
        }
    }

    /// <summary>Null where somebody has the file open.</summary>
    public static FileLock? TryTake(string path)
    {
        try
        {
            return Take(path);
        }
        catch (StoreFileException)
        {
            return null;
        }
    }

    public void Dispose() => stream.Dispose();
}
