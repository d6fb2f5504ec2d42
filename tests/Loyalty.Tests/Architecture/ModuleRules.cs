using System.Reflection;
using System.Xml.Linq;
using Loyalty.Modularity;

namespace Loyalty.Tests.Architecture;

/// <summary>The rules of the modules, each as a function that lists who breaks it.</summary>
internal static class ModuleRules
{
    /// <summary>Who may know whom, and nobody else: Events ← Accounts ← Campaigns ← Stats.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Arrows = new Dictionary<string, string[]>
    {
        ["Events"] = [],
        ["Accounts"] = ["Events"],
        ["Campaigns"] = ["Accounts", "Events"],
        ["Stats"] = ["Accounts", "Campaigns", "Events"],
    };

    public static IEnumerable<string> WrongDependsOn(Type module, string[] arrows) =>
        Differences($"[DependsOn] of {module.Name}", ModuleLoader.DependenciesOf(module).Where(IsModule).Select(NameOf), arrows);

    public static IEnumerable<string> WrongReferences(string name, XDocument project, string[] arrows) =>
        Differences($"{name}.csproj", ReferencesOf(project).Where(Arrows.ContainsKey), arrows);

    /// <summary>What is public without being the module class or a contract.</summary>
    public static IEnumerable<string> Exposed(IEnumerable<Type> types) =>
        from type in types
        where type.IsVisible && !type.IsSubclassOf(typeof(AppModule))
        where !$".{type.Namespace}.".Contains(".Contracts.", StringComparison.Ordinal)
        select $"{type.FullName} is public: make it internal or move it to Contracts.";

    public static Type ModuleOf(string name) =>
        Assembly.Load($"Loyalty.{name}").GetTypes().Single(type => type.IsSubclassOf(typeof(AppModule)));

    private static IEnumerable<string> ReferencesOf(XDocument project) =>
        project.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

    private static bool IsModule(Type module) => Arrows.ContainsKey(NameOf(module));

    private static string NameOf(Type module) => module.Name.Replace("Module", "", StringComparison.Ordinal);

    private static IEnumerable<string> Differences(string where, IEnumerable<string> actual, string[] arrows)
    {
        var found = actual.ToHashSet();
        return found.Except(arrows).Select(name => $"{where} must not name {name}.")
            .Concat(arrows.Except(found).Select(name => $"{where} must name {name}."));
    }
}
