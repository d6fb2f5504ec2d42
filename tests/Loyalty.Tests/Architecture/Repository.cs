using System.Xml.Linq;

namespace Loyalty.Tests.Architecture;

/// <summary>The sources beside these tests.</summary>
internal static class Repository
{
    public static DirectoryInfo Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static IEnumerable<string> ModuleNames => Root.CreateSubdirectory("modules").GetDirectories().Select(folder => folder.Name).Order();

    public static XDocument ModuleProject(string module) => XDocument.Load(Path.Combine(Root.FullName, "modules", module, $"{module}.csproj"));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root.FullName, path));

    private static DirectoryInfo Find(DirectoryInfo? folder) =>
        folder is null ? throw new DirectoryNotFoundException("Loyalty.sln")
        : File.Exists(Path.Combine(folder.FullName, "Loyalty.sln")) ? folder
        : Find(folder.Parent);
}
