using System.Diagnostics;

namespace EmbeddedStore.Tests.Durability;

internal static class OpenFiles
{
    /// <summary>Copies a file that a store has open, as an operator's shell does: .NET itself keeps to the lock.</summary>
    public static void Copy(string from, string to)
    {
        using var copying = Process.Start("cp", [from, to]);
        copying.WaitForExit();
        if (copying.ExitCode != 0)
            throw new IOException($"{from} was not copied.");
    }
}
