using System.Buffers.Binary;

namespace EmbeddedStore.Storage;

/// <summary>
/// SQLite's user_version, four bytes in the first page: the format in the lowest four bits, above them the number of the log, which begins
/// somewhere by chance, so that two files hardly ever have the same one.
/// </summary>
internal static class StoreHeader
{
    public const int Length = 100;

    private const int VersionAt = 60;
    private const int ApplicationAt = 68;
    private const int FormatBits = 4;
    private const int Numbers = 1 << 27;

    public static int FormatOf(long version) => (int)version & ((1 << FormatBits) - 1);

    /// <summary>0 in a file that was never written by a version that numbers logs.</summary>
    public static int LogOf(long version) => (int)version >>> FormatBits & (Numbers - 1);

    public static int VersionOf(int log) => log << FormatBits | StoreFile.Format;

    public static int Next(int log) => log == 0 ? NewLog() : log % (Numbers - 1) + 1;

    public static int NewLog() => Random.Shared.Next(1, Numbers);

    public static int LogIn(ReadOnlySpan<byte> firstPage) => LogOf(BinaryPrimitives.ReadInt32BigEndian(firstPage[VersionAt..]));

    public static bool IsOurs(ReadOnlySpan<byte> firstPage) => BinaryPrimitives.ReadInt32BigEndian(firstPage[ApplicationAt..]) == StoreFile.ApplicationId;

    /// <summary>How often <see cref="Next"/> leads from one to the other.</summary>
    public static int Steps(int from, int to) => (to - from + (Numbers - 1)) % (Numbers - 1);
}
