using System.Buffers.Binary;
using MongoDB.Bson;

namespace EmbeddedStore.Bson;

/// <summary>MongoDB's total order over BSON values (manual: "Comparison/Sort Order").</summary>
internal static class BsonOrder
{
    public static int Compare(BsonValueRef left, BsonValueRef right)
    {
        var leftRank = BsonTypes.RankOf(left.Type);
        var rightRank = BsonTypes.RankOf(right.Type);
        return leftRank != rightRank ? leftRank.CompareTo(rightRank) : CompareWithinRank(left, right);
    }

    public static bool AreEqual(BsonValueRef left, BsonValueRef right) => Compare(left, right) == 0;

    /// <summary>Field by field: type, then name, then value; the document that ends first is the lesser one.</summary>
    public static int Compare(RawDocument left, RawDocument right, bool withNames = true)
    {
        var l = left.GetEnumerator();
        var r = right.GetEnumerator();
        while (true)
        {
            var more = l.MoveNext();
            if (!r.MoveNext())
                return more ? 1 : 0;
            if (!more)
                return -1;
            var a = l.Current.Value;
            var b = r.Current.Value;
            var order = BsonTypes.RankOf(a.Type).CompareTo(BsonTypes.RankOf(b.Type));
            if (order == 0 && withNames)
                order = l.Current.NameBytes.SequenceCompareTo(r.Current.NameBytes);
            if (order == 0)
                order = CompareWithinRank(a, b);
            if (order != 0)
                return order;
        }
    }

    private static int CompareWithinRank(BsonValueRef left, BsonValueRef right)
    {
        switch (left.Type)
        {
            case BsonType.Int32 or BsonType.Int64 or BsonType.Double or BsonType.Decimal128:
                return BsonNumber.Compare(left, right);
            case BsonType.String or BsonType.Symbol or BsonType.JavaScript:
                return Math.Sign(left.StringBytes.SequenceCompareTo(right.StringBytes));
            case BsonType.Document:
                return Compare(left.AsDocument, right.AsDocument);
            case BsonType.Array:
                return Compare(left.AsDocument, right.AsDocument, withNames: false);
            case BsonType.Boolean:
                return left.AsBoolean.CompareTo(right.AsBoolean);
            case BsonType.DateTime:
                return left.AsInt64.CompareTo(right.AsInt64);
            case BsonType.Timestamp:
                return ((ulong)left.AsInt64).CompareTo((ulong)right.AsInt64);
            case BsonType.Binary:
                return CompareBinary(left.Bytes, right.Bytes);
            default:
                return Math.Sign(left.Bytes.SequenceCompareTo(right.Bytes));
        }
    }

    /// <summary>Length, then subtype, then bytes.</summary>
    private static int CompareBinary(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var order = BinaryPrimitives.ReadInt32LittleEndian(left).CompareTo(BinaryPrimitives.ReadInt32LittleEndian(right));
        return order != 0 ? order : Math.Sign(left[4..].SequenceCompareTo(right[4..]));
    }
}
