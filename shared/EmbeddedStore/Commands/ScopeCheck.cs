using System.Collections.Frozen;
using MongoDB.Bson;

namespace EmbeddedStore.Commands;

/// <summary>Compares a command, as some driver sent it to some server, with the allow-list.</summary>
internal static class ScopeCheck
{
    private static readonly FrozenSet<string> Operators = new[]
    {
        Scope.QueryOperators, Scope.UpdateOperators, Scope.PushModifiers, Scope.Stages, Scope.Accumulators, Scope.Expressions,
    }.SelectMany(set => set).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The names in it that the store would refuse: the command, its options, operators at any depth.</summary>
    public static IEnumerable<string> Unsupported(BsonDocument command)
    {
        var name = Scope.Commands.Keys.FirstOrDefault(known => known.Equals(command.GetElement(0).Name, StringComparison.OrdinalIgnoreCase));
        if (name is null)
            return [command.GetElement(0).Name];
        var options = command.Elements.Skip(1).Where(option => !Scope.Commands[name].Contains(option.Name) && !Scope.CommonOptions.Contains(option.Name));
        // Note: inserted documents are data; a dollar in them is no operator.
        var parts = command.Elements.Where(part => part.Name is not ("documents" or "lsid") && !part.Name.StartsWith('$'));
        return options.Select(option => $"{name}.{option.Name}").Concat(parts.SelectMany(part => OperatorsIn(part.Value)).Where(used => !Operators.Contains(used))).Distinct();
    }

    private static IEnumerable<string> OperatorsIn(BsonValue value) => value switch
    {
        BsonDocument document => document.Elements.Where(field => field.Name.StartsWith('$')).Select(field => field.Name)
            .Concat(document.Elements.Where(field => field.Name != "$literal").SelectMany(field => OperatorsIn(field.Value))),
        BsonArray array => array.SelectMany(OperatorsIn),
        _ => [],
    };
}
