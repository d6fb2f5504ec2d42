using System.Runtime.InteropServices;

namespace EmbeddedStore.Storage;

/// <summary>Asks the operating system for the pages of new memory at once instead of one fault after the other, where it knows how (Linux 5.14).</summary>
internal static class FreshMemory
{
    private const int PopulateWrite = 23;

    private static bool isKnown = OperatingSystem.IsLinux();

    public static void Populate(byte[] memory)
    {
        if (!isKnown)
            return;
        var held = GCHandle.Alloc(memory, GCHandleType.Pinned);
        try
        {
            var page = (nint)Environment.SystemPageSize;
            var from = (held.AddrOfPinnedObject() + page - 1) & ~(page - 1);
            var to = (held.AddrOfPinnedObject() + memory.Length) & ~(page - 1);
            isKnown = to <= from || Advise(from, to - from, PopulateWrite) == 0;
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            isKnown = false;
        }
        finally
        {
            held.Free();
        }
    }

    [DllImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(nint address, nint length, int advice);
}
