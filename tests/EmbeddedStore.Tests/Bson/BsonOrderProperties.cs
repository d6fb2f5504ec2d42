using EmbeddedStore.Bson;
using EmbeddedStore.Query;
using FsCheck.Xunit;
using MongoDB.Bson;

namespace EmbeddedStore.Tests.Bson;

[Properties(Arbitrary = [typeof(Arbitrary)], MaxTest = 2000)]
public sealed class BsonOrderProperties
{
    [Property]
    public bool Order_is_antisymmetric(BsonValue left, BsonValue right) => Sign(left, right) == -Sign(right, left);

    [Property]
    public bool A_value_equals_itself(BsonValue value) => Sign(value, value) == 0;

    [Property]
    public bool Order_is_transitive(BsonValue a, BsonValue b, BsonValue c)
    {
        var sorted = new[] { Raw(a), Raw(b), Raw(c) };
        Array.Sort(sorted, BsonOrder.Compare);
        return BsonOrder.Compare(sorted[0], sorted[2]) <= 0 && BsonOrder.Compare(sorted[0], sorted[1]) <= 0 && BsonOrder.Compare(sorted[1], sorted[2]) <= 0;
    }

    [Property]
    public bool Key_bytes_order_as_values_do(BsonValue left, BsonValue right) =>
        Math.Sign(KeyEncoding.Encode(Raw(left)).AsSpan().SequenceCompareTo(KeyEncoding.Encode(Raw(right)))) == Sign(left, right);

    /// <summary>Keys stand behind one another in a compound index.</summary>
    [Property]
    public bool No_key_is_the_beginning_of_another(BsonValue left, BsonValue right)
    {
        var (a, b) = (KeyEncoding.Encode(Raw(left)), KeyEncoding.Encode(Raw(right)));
        return Sign(left, right) == 0 || !(a.AsSpan().StartsWith(b) || b.AsSpan().StartsWith(a));
    }

    private static int Sign(BsonValue left, BsonValue right) => Math.Sign(BsonOrder.Compare(Raw(left), Raw(right)));

    private static BsonValueRef Raw(BsonValue value) => ((RawDocument)new BsonDocument("v", value).ToBson()).Find("v");
}
