using System.Collections.Concurrent;
using System.Reflection;
using Loyalty.Web;

namespace Loyalty.Passes;

/// <summary>Names the kind of entries that carry this body. The handler is found by it; it is written nowhere else.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public class EntryKindAttribute(string kind) : Attribute, INamesKind
{
    private static readonly ConcurrentDictionary<Type, string> Known = new();

    public string Kind => kind;

    public static string Of(Type body) => Known.GetOrAdd(body, static type => type.GetCustomAttribute<EntryKindAttribute>()?.Kind
        ?? throw new InvalidOperationException($"{type.FullName} is the body of no entry: it has no {nameof(EntryKindAttribute)}."));
}
