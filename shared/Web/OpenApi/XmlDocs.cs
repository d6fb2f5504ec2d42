using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Loyalty.Web.OpenApi;

/// <summary>
/// The XML documentation that the compiler leaves beside each assembly. Note: the source generator of ASP.NET Core reads only the
/// project that calls AddOpenApi, and the types and handlers to describe live in the modules.
/// </summary>
internal sealed partial class XmlDocs
{
    private readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, XElement>> files = new();

    public string? Summary(Type type) => Text(Member(type, $"T:{Id(type)}")?.Element("summary"));

    /// <summary>A property's own summary, else that of the constructor parameter of a positional record.</summary>
    public string? Summary(MemberInfo property)
    {
        var owner = property.DeclaringType!;
        var name = property.Name;
        return Text(Member(owner, $"P:{Id(owner)}.{name}")?.Element("summary"))
            ?? Text(Member(owner, $"T:{Id(owner)}")?.Elements("param").FirstOrDefault(param => Named(param, name)));
    }

    public string? Example(MemberInfo property) => Member(property.DeclaringType!, $"P:{Id(property.DeclaringType!)}.{property.Name}")?.Element("example")?.Value.Trim();

    public XElement? Of(MethodInfo method)
    {
        var id = $"M:{Id(method.DeclaringType!)}.{method.Name}";
        var members = Read(method.DeclaringType!.Assembly);
        // Note: handlers are not overloaded, so the parameter list of the id need not be rebuilt.
        var key = members.Keys.FirstOrDefault(key => key == id || key.StartsWith(id + "(", StringComparison.Ordinal));
        return key is null ? null : members[key];
    }

    public static string? Text(XElement? element)
    {
        if (element is null)
            return null;
        var text = string.Concat(element.Nodes().Select(Markdown));
        return Lines().Replace(text, " ").Trim() is { Length: > 0 } trimmed ? trimmed : null;
    }

    public static bool Named(XElement param, string name) =>
        string.Equals(param.Attribute("name")?.Value, name, StringComparison.OrdinalIgnoreCase);

    private static string Markdown(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" or "seealso" } see when see.Attribute("langword") is { } word => $"`{word.Value}`",
        XElement { Name.LocalName: "see" or "seealso" } see when see.Attribute("href") is { } link => $"[{(see.Value.Length > 0 ? see.Value : link.Value)}]({link.Value})",
        XElement { Name.LocalName: "see" or "seealso" } see => see.Attribute("cref")?.Value.Split('.', ':')[^1] ?? see.Value,
        XElement { Name.LocalName: "paramref" } param => $"`{param.Attribute("name")?.Value}`",
        XElement element => string.Concat(element.Nodes().Select(Markdown)),
        _ => "",
    };

    private XElement? Member(Type owner, string id) => Read(owner.Assembly).GetValueOrDefault(id);

    private static string Id(Type type) =>
        (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private IReadOnlyDictionary<string, XElement> Read(Assembly assembly) => files.GetOrAdd(assembly, static assembly =>
    {
        var path = Path.ChangeExtension(assembly.Location, ".xml");
        return File.Exists(path)
            ? XDocument.Load(path, LoadOptions.PreserveWhitespace).Descendants("member").GroupBy(member => member.Attribute("name")!.Value).ToDictionary(group => group.Key, group => group.First())
            : new Dictionary<string, XElement>();
    });

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex Lines();
}
