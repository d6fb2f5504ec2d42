using FsCheck;
using FsCheck.Fluent;
using MongoDB.Bson;

namespace EmbeddedStore.Tests.Bson;

/// <summary>Random values, few enough of each kind that equal and neighbouring ones meet.</summary>
public static class Arbitrary
{
    private static readonly string[] Names = ["a", "b", "c"];

    public static Arbitrary<BsonValue> Values() => Value(3).ToArbitrary();

    public static Arbitrary<BsonDocument> Documents() => Document(3).ToArbitrary();

    public static Gen<BsonValue> Scalar() => Gen.OneOf(
        Gen.Elements<BsonValue>(BsonNull.Value, BsonMinKey.Value, BsonMaxKey.Value, BsonBoolean.True, BsonBoolean.False),
        Gen.Choose(-3, 3).Select(n => (BsonValue)new BsonInt32(n)),
        Gen.Choose(-3, 3).Select(n => (BsonValue)new BsonInt64(n)),
        Gen.Choose(-6, 6).Select(n => (BsonValue)new BsonDouble(n / 2.0)),
        Gen.Choose(-30, 30).Select(n => (BsonValue)new BsonDecimal128(n / 10m)),
        Gen.Elements<BsonValue>(
            new BsonInt64(long.MaxValue), new BsonInt64(long.MaxValue - 1), new BsonInt64(long.MinValue), new BsonInt64((1L << 53) + 1),
            new BsonDouble(Math.Pow(2, 63)), new BsonDouble(Math.Pow(2, 53)), new BsonDouble(0.1), new BsonDouble(-0.0), new BsonDouble(double.NaN),
            new BsonDouble(double.PositiveInfinity), new BsonDouble(double.Epsilon), new BsonDouble(double.MaxValue),
            new BsonDecimal128(Decimal128.NegativeInfinity), new BsonDecimal128(Decimal128.QNaN), new BsonDecimal128(Decimal128.Parse("1E-6176")),
            new BsonDecimal128(Decimal128.Parse("9007199254740993")), new BsonDecimal128(Decimal128.Parse("-1E400")),
            new BsonDecimal128(Decimal128.Parse("1.10")), new BsonDecimal128(Decimal128.Parse("0E+3"))),
        Gen.Elements<BsonValue>("", "a", "ab", "b", "\0", "a\0", "a\0b", "é", "￿", "😀"),
        Gen.Elements<BsonValue>(
            new BsonDateTime(0), new BsonDateTime(-1), new BsonDateTime(long.MaxValue), new BsonTimestamp(1, 2), new BsonTimestamp(long.MinValue),
            new BsonObjectId(ObjectId.Empty), new BsonObjectId(ObjectId.Parse("ffffffffffffffffffffffff")),
            new BsonBinaryData([0xFF]), new BsonBinaryData([0, 1]), new BsonBinaryData([], BsonBinarySubType.MD5),
            new BsonRegularExpression("a", "i"), new BsonRegularExpression("a")));

    public static Gen<BsonDocument> Document(int depth) =>
        from count in Gen.Choose(0, 3)
        from names in Gen.Shuffle(Names)
        from values in Value(depth - 1).ArrayOf(count)
        select new BsonDocument(names.Take(count).Zip(values, (name, value) => new BsonElement(name, value)));

    private static Gen<BsonValue> Value(int depth) =>
        depth <= 0
            ? Scalar()
            : Gen.Frequency(
                (4, Scalar()),
                (1, Document(depth).Select(document => (BsonValue)document)),
                (2, Gen.Choose(0, 3).SelectMany(count => Value(depth - 1).ArrayOf(count)).Select(items => (BsonValue)new BsonArray(items))));
}
