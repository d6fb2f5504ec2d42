using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Conventions;
using MongoDB.Bson.Serialization.Serializers;

namespace Loyalty.Mongo;

/// <summary>How .NET values are stored, registered once: camelCase names, enums as text, money as Decimal128, instants as UTC dates.</summary>
public static class MongoConventions
{
    private static readonly Lazy<bool> Registered = new(RegisterOnce);

    /// <summary>Note: whoever comes second waits for the first to finish.</summary>
    public static void Register() => _ = Registered.Value;

    private static bool RegisterOnce()
    {
        ConventionRegistry.Register("loyalty", new ConventionPack
        {
            new CamelCaseElementNameConvention(),
            new EnumRepresentationConvention(BsonType.String),
            new IgnoreIfNullConvention(true),
            new IgnoreExtraElementsConvention(true),
        }, _ => true);
        BsonSerializer.RegisterSerializer(new DecimalSerializer(BsonType.Decimal128));
        BsonSerializer.RegisterSerializer(new InstantSerializer());
        BsonSerializer.RegisterSerializer(new DaySerializer());
        return true;
    }
}

/// <summary>An instant as a BSON date, which holds milliseconds: what is finer is cut off on the way in.</summary>
internal sealed class InstantSerializer : StructSerializerBase<DateTimeOffset>
{
    public override DateTimeOffset Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args) =>
        DateTimeOffset.FromUnixTimeMilliseconds(context.Reader.ReadDateTime());

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, DateTimeOffset value) =>
        context.Writer.WriteDateTime(value.ToUnixTimeMilliseconds());
}

/// <summary>A day as text, <c>2026-02-28</c>: it has no time zone, and its order as text is its order in time.</summary>
internal sealed class DaySerializer : StructSerializerBase<DateOnly>
{
    public override DateOnly Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args) =>
        DateOnly.ParseExact(context.Reader.ReadString(), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, DateOnly value) =>
        context.Writer.WriteString(value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
}
