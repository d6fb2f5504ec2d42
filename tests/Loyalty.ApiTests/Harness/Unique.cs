namespace Loyalty.ApiTests;

/// <summary>Names that no other test uses, so that all may share one host.</summary>
internal static class Unique
{
    public static string Id(string what) => $"{what}-{Guid.NewGuid():N}";
}
