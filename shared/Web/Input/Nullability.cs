using System.Collections;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace Loyalty.Web;

/// <summary>
/// Makes reading JSON keep to what declarations say of null, in the two places where the serializer does not: in the items
/// of lists and maps, where null is refused, and in fields that may be absent, where null means that they are.
/// </summary>
internal static class Nullability
{
    /// <summary>Note: a constructor's parameters are set at once; those are nullable or required.</summary>
    public static void TakeNullAsAbsent(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        for (var i = 0; i < type.Properties.Count; i++)
            if (type.Properties[i] is { IsRequired: false, Set: not null, AssociatedParameter: null } property)
                type.Properties[i] = TakeNullAsAbsent(type, property);
    }

    public static void RefuseNullItems(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        JsonPropertyInfo[] lists = [.. type.Properties.Where(property => property.Get is not null && HoldsNoNull(property))];
        if (lists.Length == 0)
            return;
        var before = type.OnDeserialized;
        type.OnDeserialized = read =>
        {
            before?.Invoke(read);
            foreach (var list in lists)
                if (HasNull(list.Get!(read)))
                    throw new BadValueException("An item must not be null.");
        };
    }

    public static NullabilityInfo? Of(JsonPropertyInfo property) =>
        property.AttributeProvider is PropertyInfo declared ? new NullabilityInfoContext().Create(declared) : null;

    public static NullabilityInfo? OfItems(NullabilityInfo? list) =>
        list?.ElementType ?? list?.GenericTypeArguments.LastOrDefault();

    public static bool Forbids(NullabilityInfo? item) =>
        item is { Type.IsValueType: false, ReadState: NullabilityState.NotNull };

    private static bool HoldsNoNull(JsonPropertyInfo property) =>
        IsList(property.PropertyType) && Forbids(OfItems(Of(property)));

    private static JsonPropertyInfo TakeNullAsAbsent(JsonTypeInfo type, JsonPropertyInfo property)
    {
        var value = property.PropertyType;
        if (value.IsValueType && property.CustomConverter is null && !TakesNull(value))
            return AsNullable(type, property);
        if (value.IsValueType || property.IsSetNullable)
            return property;
        var set = property.Set!;
        property.IsSetNullable = true;
        property.Set = (owner, value) => SetGiven(set, owner, value);
        return property;
    }

    private static JsonPropertyInfo AsNullable(JsonTypeInfo type, JsonPropertyInfo property)
    {
        var set = property.Set!;
        var maybe = typeof(Nullable<>).MakeGenericType(property.PropertyType);
        var nullable = type.CreateJsonPropertyInfo(maybe, property.Name);
        nullable.AttributeProvider = property.AttributeProvider;
        nullable.Order = property.Order;
        nullable.ShouldSerialize = property.ShouldSerialize;
        nullable.Get = property.Get;
        nullable.Set = (owner, value) => SetGiven(set, owner, value);
        return nullable;
    }

    private static void SetGiven(Action<object, object?> set, object owner, object? value)
    {
        if (value is not null)
            set(owner, value);
    }

    private static bool TakesNull(Type value) =>
        Nullable.GetUnderlyingType(value) is not null || OptionalTypes.Inner(value) is not null;

    private static bool IsList(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable));

    private static bool HasNull(object? list) => list switch
    {
        null => false,
        IDictionary map => HasNull(map.Values),
        IEnumerable items => items.Cast<object?>().Any(item => item is null),
        _ => false,
    };
}
