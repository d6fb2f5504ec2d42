namespace EmbeddedStore.Storage;

/// <summary>Keeps a second process away from the file: all data live in memory, and two memories would drift apart.</summary>
internal sealed class FileLock(FileStream stream) : IDisposable
{
    public static FileLock Take(string path)
    {
        try
        {
            return new FileLock(new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or FileNotFoundException))
        {
            throw new StoreFileException($"{path} is in use: another process has it open. Only one may.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new StoreFileException($"{path} cannot be locked: may this process write to its folder?", error);
        }
    }

    public void Dispose() => stream.Dispose();
}
