using EmbeddedStore.Bson;
using MongoDB.Bson;

namespace EmbeddedStore.Query;

/// <summary>$elemMatch with a query: an item that is a document (or an array) and matches.</summary>
internal sealed class ElemMatchDocument(Node query, int id) : ValueTest
{
    public override bool IntoArrays => false;

    public override bool Matches(BsonValueRef value, MatchDetails? details)
    {
        if (!value.IsArray)
            return false;
        var index = 0;
        foreach (var item in value.AsDocument)
        {
            if (item.Value.Type is BsonType.Document or BsonType.Array && query.Matches(item.Value.AsDocument, null))
            {
                details?.ArrayIndex = index;
                return true;
            }

            index++;
        }

        return false;
    }

    public override void AddConditions(FieldPath path, List<Condition> conditions)
    {
        var inner = new List<Condition>();
        query.AddConditions(inner);
        foreach (var condition in inner)
            conditions.Add(condition with
            {
                Path = Below(path, condition.Path),
                Items = [(id, path), .. condition.Items?.Select(item => (item.Id, Below(path, item.Array))) ?? []],
            });
        conditions.Add(new(path, ConditionOp.Exists, []));
    }

    private static FieldPath Below(FieldPath path, FieldPath inner) => FieldPath.Parse($"{path.Text}.{inner.Text}");
}

/// <summary>$elemMatch with operators: one item that meets them all.</summary>
internal sealed class ElemMatchValue(Node[] tests, int id) : ValueTest
{
    public override bool IntoArrays => false;

    public override bool Matches(BsonValueRef value, MatchDetails? details)
    {
        if (!value.IsArray)
            return false;
        var index = 0;
        foreach (var item in value.AsDocument)
        {
            if (MeetsAll(item.Value))
            {
                details?.ArrayIndex = index;
                return true;
            }

            index++;
        }

        return false;
    }

    public override void AddConditions(FieldPath path, List<Condition> conditions)
    {
        var inner = new List<Condition>();
        foreach (var test in tests)
            if (test is PathNode node)
                node.Test.AddConditions(path, inner);
        foreach (var condition in inner)
            conditions.Add(condition.ElemMatch == 0 ? condition with { ElemMatch = id } : condition);
        conditions.Add(new(path, ConditionOp.Exists, []));
    }

    private bool MeetsAll(BsonValueRef item)
    {
        foreach (var test in tests)
            if (!ValueNodes.Matches(test, item))
                return false;
        return true;
    }
}

/// <summary>Applies nodes that were parsed for a path to a value alone, without looking into arrays.</summary>
internal static class ValueNodes
{
    public static bool Matches(Node node, BsonValueRef value) => node switch
    {
        PathNode path => path.Test.Matches(value, null),
        AndNode and => Array.TrueForAll(and.Children, child => Matches(child, value)),
        NorNode nor => !Array.Exists(nor.Children, child => Matches(child, value)),
        _ => throw CommandException.BadValue("$elemMatch over values takes operators on the value only"),
    };
}
