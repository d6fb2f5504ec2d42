namespace EmbeddedStore;

/// <summary>MongoDB's own bounds (manual: "MongoDB Limits and Thresholds").</summary>
internal static class Limits
{
    public const int DocumentBytes = 16 * 1024 * 1024;
    public const int WriteBatch = 100_000;
    public const int NestingLevels = 100;
    public const int FirstBatch = 101;
    public const int Indexes = 64;
}
