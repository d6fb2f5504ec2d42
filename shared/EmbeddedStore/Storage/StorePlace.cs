namespace EmbeddedStore.Storage;

/// <summary>
/// Where a store lies: the real file behind any links, the log that SQLite keeps beside it, and a marker that says there was a store, so that
/// one that is missing does not silently become a new one.
/// </summary>
internal sealed class StorePlace
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;

    private StorePlace(string path) => FilePath = path;

    public string FilePath { get; }

    private string Marker => FilePath + ".made";

    /// <summary>Note: SQLite names the log after the real file, too.</summary>
    public static StorePlace Of(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            return new(new FileInfo(full) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : full);
        }
        catch (IOException error)
        {
            throw new StoreFileException($"{full} leads nowhere: {error.Message}", error);
        }
    }

    /// <summary>Sees to it that there is a file, and makes an empty one, which nobody else may read, where there was never a store.</summary>
    public void Prepare()
    {
        CreateFolder(Path.GetDirectoryName(FilePath)!);
        if (new FileInfo(FilePath) is { Exists: true, Length: > 0 })
            return;
        if (File.Exists(Marker))
            throw new StoreFileException($"{FilePath} is missing or empty, but there was a store: {Marker} says so. Put the file back, or restore a backup. "
                + "Only if you mean to begin anew with nothing, delete that marker.");
        if (new FileInfo(FilePath + "-wal") is { Exists: true, Length: > 0 })
            throw new StoreFileException($"{FilePath} is missing or empty, but its log {FilePath}-wal is there. Put the file back, or restore a backup at another place.");
        CreateFile(FilePath);
    }

    public void Mark()
    {
        if (File.Exists(Marker))
            return;
        CreateFile(Marker);
        File.WriteAllText(Marker, $"There is a store in {Path.GetFileName(FilePath)}. While this file is here, no new one is made in its place.\n");
    }

    public static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;
        // Note: .NET gives the rights to the last folder only.
        if (Path.GetDirectoryName(folder) is { Length: > 0 } above)
            CreateFolder(above);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnFolder);
    }

    /// <summary>An empty file that only its owner may read and write, where there is none.</summary>
    public static void CreateFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnFile;
        new FileStream(path, options).Dispose();
    }
}
