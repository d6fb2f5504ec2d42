using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Loyalty.Tests.Architecture;

/// <summary>Finds who knows zones and calendars beside shared/Time, in what the compiler made.</summary>
internal static class TimeRules
{
    private static readonly string[] Types = ["System.TimeZoneInfo", "System.Xml.XmlConvert"];

    public static IEnumerable<string> ZonesKnownTo(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeReferences
            .Select(handle => metadata.GetTypeReference(handle))
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")
            .Where(name => Types.Contains(name) || name.StartsWith("NodaTime.", StringComparison.Ordinal))
            .Distinct().Order(StringComparer.Ordinal)
            .Select(type => $"{assembly.GetName().Name} uses {type}: ask shared/Time.")];
    }
}
