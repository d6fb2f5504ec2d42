namespace Loyalty.Modularity;

/// <summary>Names the modules that must be configured and started before this one.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DependsOnAttribute(params Type[] modules) : Attribute
{
    public IReadOnlyList<Type> Modules { get; } = modules;
}
