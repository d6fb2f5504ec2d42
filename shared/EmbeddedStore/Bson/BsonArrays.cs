namespace EmbeddedStore.Bson;

/// <summary>Arrays as lists of values, and back.</summary>
internal static class BsonArrays
{
    /// <summary>The items; none for anything that is not an array.</summary>
    public static List<BsonValueRef> ItemsOf(BsonValueRef array)
    {
        var items = new List<BsonValueRef>();
        if (array.IsArray)
            foreach (var item in array.AsDocument)
                items.Add(item.Value);
        return items;
    }

    /// <summary>An array of the items; a missing one becomes null.</summary>
    public static BsonValueRef Of(IReadOnlyList<BsonValueRef> items)
    {
        var writer = new DocumentWriter();
        var start = writer.BeginDocument();
        for (var i = 0; i < items.Count; i++)
            writer.Write(i, items[i]);
        writer.End(start);
        return BsonValueRef.FromArray(writer.ToArray());
    }
}
