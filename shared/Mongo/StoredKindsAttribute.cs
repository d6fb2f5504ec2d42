using MongoDB.Bson.Serialization;

namespace Loyalty.Mongo;

/// <summary>The types derived from this one, in its own assembly, are told apart when they are stored. There is no list of them anywhere.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StoredKindsAttribute : Attribute, IBsonClassMapAttribute
{
    public void Apply(BsonClassMap classMap)
    {
        foreach (var type in classMap.ClassType.Assembly.GetTypes())
            if (type is { IsAbstract: false } && type.IsSubclassOf(classMap.ClassType))
                classMap.AddKnownType(type);
    }
}
