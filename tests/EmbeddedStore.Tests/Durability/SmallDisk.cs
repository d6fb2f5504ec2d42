using System.Diagnostics;
using System.Globalization;

namespace EmbeddedStore.Tests.Durability;

/// <summary>A real file system of a few megabytes.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo folder;

    private SmallDisk(DirectoryInfo folder) => this.folder = folder;

    public string StorePath => Path.Combine(folder.FullName, "store.db");

    /// <summary>Null where this process may not mount one.</summary>
    public static SmallDisk? TryMount(int megabytes)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var folder = Directory.CreateTempSubdirectory("embedded-store-disk-");
        if (Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m"), "tmpfs", folder.FullName))
            return new SmallDisk(folder);
        folder.Delete();
        return null;
    }

    /// <summary>Takes that much room, or what there is of it.</summary>
    public void Fill(string name, long bytes)
    {
        using var file = new FileStream(Path.Combine(folder.FullName, name), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var part = new byte[4096];
        try
        {
            for (; bytes > 0; bytes -= part.Length)
                file.Write(part);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Free(string name) => File.Delete(Path.Combine(folder.FullName, name));

    public void Dispose()
    {
        Run("umount", "-l", folder.FullName);
        folder.Delete();
    }

    private static bool Run(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
