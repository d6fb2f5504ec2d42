using EmbeddedStore.Bson;
using MongoDB.Bson;

namespace EmbeddedStore.Aggregation;

/// <summary>Manual: "Date Expression Operators".</summary>
internal static class DateOperators
{
    private static readonly long Earliest = DateTimeOffset.MinValue.AddDays(2).ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.AddDays(-2).ToUnixTimeMilliseconds();

    public static Expression ToText(Expression?[] arguments)
    {
        if (arguments[1] is Constant { Value.IsString: true } constant)
            DateText.Check(constant.Value.AsString);
        return new LazyCall((parts, root) =>
        {
            if (!TryMoment(parts[0], parts[2], root, out var moment, out var zone))
                return parts[3].Evaluate(root);
            var format = parts[1].Evaluate(root);
            if (format.IsMissing)
                return BsonValueRef.From(DateText.Format("%Y-%m-%dT%H:%M:%S.%L" + (arguments[2] is null ? "Z" : ""), moment, OffsetAt(zone, moment)));
            if (format.IsNullish)
                return BsonValueRef.Null;
            return format.IsString
                ? BsonValueRef.From(DateText.Format(format.AsString, moment, OffsetAt(zone, moment)))
                : throw CommandException.Location(18533, $"$dateToString requires that 'format' be a string, found: {BsonTypes.NameOf(format.Type)}");
        }, Filled(arguments, onNull: 3));
    }

    public static Expression Part(string name, Expression?[] arguments) => new LazyCall((parts, root) =>
    {
        if (!TryMoment(parts[0], parts[1], root, out var moment, out var zone))
            return BsonValueRef.Null;
        var local = DateTimeOffset.FromUnixTimeMilliseconds(moment).ToOffset(OffsetAt(zone, moment));
        return BsonValueRef.From(name switch
        {
            "$year" => local.Year,
            "$month" => local.Month,
            _ => local.Day,
        });
    }, Filled(arguments));

    public static Expression Truncate(Expression?[] arguments)
    {
        if (arguments[1] is null)
            throw CommandException.FailedToParse("Missing 'unit' parameter to $dateTrunc");
        return new LazyCall((parts, root) =>
        {
            var unit = parts[1].Evaluate(root);
            var size = parts[2].Evaluate(root);
            var week = parts[4].Evaluate(root);
            if (!TryMoment(parts[0], parts[3], root, out var moment, out var zone) || unit.IsNullish || size.Type == BsonType.Null || week.Type == BsonType.Null)
                return BsonValueRef.Null;
            if (!unit.IsString)
                throw CommandException.Location(5439013, $"$dateTrunc requires 'unit' to be a string, but got {BsonTypes.NameOf(unit.Type)}");
            var bin = 1L;
            if (!size.IsMissing && (!BsonNumber.TryWhole(size, out bin) || bin <= 0))
                throw CommandException.Location(5439018, $"$dateTrunc requires 'binSize' to be greater than 0, but got value {size}");
            return BsonValueRef.FromDate(DateTruncation.Start(moment, unit.AsString, bin, zone, week.IsString ? week.AsString : "sunday"));
        }, Filled(arguments));
    }

    /// <summary>The date and zone; false when either is null or missing. A zone that is not given is UTC.</summary>
    private static bool TryMoment(Expression date, Expression timezone, RawDocument root, out long moment, out TimeZoneInfo zone)
    {
        moment = 0;
        zone = TimeZoneInfo.Utc;
        var value = date.Evaluate(root);
        var name = timezone.Evaluate(root);
        if (value.IsNullish || (name.IsNullish && !(timezone is Constant && name.IsMissing)))
            return false;
        if (!name.IsMissing)
            zone = name.IsString ? Zone.Find(name.AsString) : throw CommandException.Location(40517, $"timezone must evaluate to a string, found {BsonTypes.NameOf(name.Type)}");
        moment = value.Type switch
        {
            BsonType.DateTime => value.AsInt64,
            BsonType.Timestamp => (value.AsInt64 >>> 32) * 1000,
            BsonType.ObjectId => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(value.Bytes) * 1000L,
            _ => throw CommandException.Location(16006, $"can't convert from BSON type {BsonTypes.NameOf(value.Type)} to Date"),
        };
        return moment >= Earliest && moment <= Latest
            ? true
            : throw CommandException.BadValue("dates outside the years 1 to 9999 are not supported in date expressions");
    }

    private static TimeSpan OffsetAt(TimeZoneInfo zone, long moment) => zone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(moment));

    private static Expression[] Filled(Expression?[] arguments, int onNull = -1) =>
        [.. arguments.Select((argument, place) => argument ?? new Constant(place == onNull ? BsonValueRef.Null : BsonValueRef.Missing))];
}
