using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Loyalty.Tests.Architecture;

/// <summary>Finds who reads the system clock, in what the compiler made.</summary>
internal static class ClockRules
{
    /// <summary>The same symbols as in build/BannedSymbols.txt.</summary>
    public static IReadOnlySet<string> Banned { get; } = Repository.Read("build/BannedSymbols.txt")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(';')[0][2..])
        .ToHashSet();

    public static IEnumerable<string> ReadsOf(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        return [.. metadata.MemberReferences
            .Select(handle => NameOf(metadata, metadata.GetMemberReference(handle)))
            .Where(Banned.Contains)
            .Distinct()
            .Select(member => $"{assembly.GetName().Name} reads {member}: take a TimeProvider.")];
    }

    private static string NameOf(MetadataReader metadata, MemberReference member)
    {
        if (member.Parent.Kind != HandleKind.TypeReference)
            return "";
        var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
        var name = metadata.GetString(member.Name).Replace("get_", "", StringComparison.Ordinal);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}.{name}";
    }
}
