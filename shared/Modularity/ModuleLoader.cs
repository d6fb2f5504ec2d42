using System.Reflection;

namespace Loyalty.Modularity;

/// <summary>Sorts a root module and all it depends on, so that each comes after what it depends on.</summary>
public static class ModuleLoader
{
    public static IReadOnlyList<AppModule> Load(Type root)
    {
        var sorted = new List<Type>();
        Visit(root, sorted, []);
        return [.. sorted.Select(Create)];
    }

    public static IReadOnlyList<Type> DependenciesOf(Type module) =>
        module.GetCustomAttribute<DependsOnAttribute>()?.Modules ?? [];

    private static void Visit(Type module, List<Type> sorted, List<Type> path)
    {
        if (sorted.Contains(module))
            return;
        if (path.Contains(module))
            throw new InvalidOperationException(
                $"Modules depend on each other in a circle: {string.Join(" → ", path.Append(module).Select(type => type.Name))}.");
        if (!module.IsSubclassOf(typeof(AppModule)))
            throw new InvalidOperationException($"{module.FullName} is named in [DependsOn] but is no {nameof(AppModule)}.");
        path.Add(module);
        foreach (var dependency in DependenciesOf(module))
            Visit(dependency, sorted, path);
        path.RemoveAt(path.Count - 1);
        sorted.Add(module);
    }

    private static AppModule Create(Type module)
    {
        try
        {
            return (AppModule)Activator.CreateInstance(module)!;
        }
        catch (Exception error) when (error is MissingMethodException or TargetInvocationException)
        {
            throw new InvalidOperationException($"Module {module.Name} could not be created: {error.InnerException?.Message ?? error.Message}", error);
        }
    }
}
