using System.Reflection;
using Mapster;

namespace Loyalty.Web;

/// <summary>
/// Copies the fields of one type to those of the same names of another. A field of <typeparamref name="TTo"/> that
/// nothing fills is a fault when the list is made, which <see cref="FieldLists"/> does at the start.
/// </summary>
public sealed class FieldList<TFrom, TTo>
{
    private readonly Func<TFrom, TTo> copy;

    /// <param name="differences">The fields that have another name or another form, and those that are filled in elsewhere.</param>
    public FieldList(Action<TypeAdapterSetter<TFrom, TTo>>? differences = null)
    {
        var config = new TypeAdapterConfig { RequireDestinationMemberSource = true };
        config.Default.ShallowCopyForSameType(true);
        differences?.Invoke(config.NewConfig<TFrom, TTo>());
        config.Compile();
        copy = config.GetMapFunction<TFrom, TTo>();
    }

    public TTo Of(TFrom from) => copy(from);
}

/// <summary>Makes the field lists of a module at its start, so that a forgotten field ends it there.</summary>
public static class FieldLists
{
    public static void Make(Assembly module)
    {
        var lists = module.GetTypes().Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(field => field.FieldType.IsGenericType && field.FieldType.GetGenericTypeDefinition() == typeof(FieldList<,>));
        foreach (var list in lists)
            _ = list.GetValue(null);
    }
}
