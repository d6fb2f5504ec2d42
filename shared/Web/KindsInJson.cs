using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace Loyalty.Web;

/// <summary>The types derived from this one are told apart by a property of their JSON; each names its kind (<see cref="INamesKind"/>).</summary>
/// <param name="property">The property, such as <c>type</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class KindPropertyAttribute(string property) : Attribute
{
    public string Property => property;
}

/// <summary>An attribute that names the kind of its type.</summary>
public interface INamesKind
{
    string Kind { get; }
}

/// <summary>Names the kind of a type that stands in JSON.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class KindAttribute(string kind) : Attribute, INamesKind
{
    public string Kind => kind;
}

/// <summary>Finds the kinds of an abstract type, in its own assembly. There is no list of them anywhere.</summary>
public static class KindsInJson
{
    public static IReadOnlyList<(string Kind, Type Type)> Of(Type abstractType) =>
    [
        .. abstractType.Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsSubclassOf(abstractType))
            .Select(type => (KindOf(type), type)).OrderBy(kind => kind.Item1, StringComparer.Ordinal),
    ];

    internal static void Apply(JsonTypeInfo type)
    {
        if (type.Type.GetCustomAttribute<KindPropertyAttribute>(inherit: false) is not { } discriminator)
            return;
        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = discriminator.Property };
        foreach (var (kind, derived) in Of(type.Type))
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(derived, kind));
    }

    private static string KindOf(Type type) => type.GetCustomAttributes(inherit: false).OfType<INamesKind>().SingleOrDefault()?.Kind
        ?? throw new InvalidOperationException($"{type.FullName} does not say of what kind it is.");
}
