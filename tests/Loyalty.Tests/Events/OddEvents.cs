using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Loyalty.Events.Contracts;

namespace Loyalty.Tests.Events;

/// <summary>
/// Events as JSON, of every kind: most of each as it should be, filled with what is hard to keep, at the edges of what is
/// allowed and beyond.
/// </summary>
public static class OddEvents
{
    private static readonly string[] Ids = ["alice", "bob", "carol", "a.b", "_-_"];

    private static readonly string[] Times =
    [
        "2026-02-28T12:00:00Z", "2026-02-28T12:00:00", "2026-02-28", "1900-01-01T00:00:00Z", "1899-12-31T23:59:59Z",
        "1900-01-01T00:00:00+14:00", "0001-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "0002-01-01T00:00:00",
        "9998-12-31T23:59:59-14:00", "9999-12-31T23:59:59.9999999", "9999-12-31T23:59:59-14:00",
        "2026-03-29T02:30:00", "2026-10-25T02:30:00", "2026-03-01T12:00:00.1234567Z", "2026-03-02T11:59:59Z",
        "1969-12-31T23:59:59.9999Z",
    ];

    private static readonly string[] Days = ["2000-02-29", "1900-01-01", "0001-01-01", "9999-12-31", "2026-03-01", "2026-02-30"];

    private static readonly string[] Amounts =
    [
        "0", "-0", "13.99", "\"13.99\"", "0.000001", "-0.000001", "1000000000", "-1000000000", "1000000001", "1e9",
        "1E-6", "1e-7", "999999999.999999", "79228162514264337593543950335", "1e400", "\"1e5\"", "null"
    ];

    private static readonly string[] Kinds = [.. LoyaltyEvent.Kinds.Keys];

    private static readonly string[] Texts =
    [
        "", "Ala", "İ", "ß", "e\u0301", "\uFFFE", "a\uFFFEb\u0301", "\uFDD0", "\u202Eabc", "{{firstName}}", "$x", "a.b",
        "' -- \" \\ / <b>", new string('ż', 128), new string('+', 64),
    ];

    /// <summary>A batch of up to eight events.</summary>
    public static Arbitrary<string[]> Batches() => Arb.From(
        from count in Gen.Choose(1, 8)
        from events in Gen.ArrayOf(Gen.Elements(Kinds).SelectMany(OfKind), count)
        select events, Shorter);

    public static Gen<string> OfKind(string kind) => Object(
        [("event", Gen.Constant(Quoted(kind)))],
        [
            ("account", 90, Id), ("card", 30, Id), ("ts", 30, Time), ("consents", 30, Consents), ("eventId", 20, Id),
            .. FieldsOf(kind),
        ]);

    /// <summary>Text of every plane, in valid Unicode; some of it is NUL, half a surrogate pair, or no text at all.</summary>
    private static Gen<string> Text => Gen.Frequency(
        (60, OfAnyPlane), (30, Gen.Elements(Texts).Select(Quoted)),
        (3, Gen.Elements("null", "5", "[]", "{}", "\"\\u0000\"", "\"\\ud800\"")));

    private static Gen<string> OfAnyPlane =>
        from length in Gen.Choose(0, 12)
        from runes in Gen.ArrayOf(Character, length)
        select Quoted(string.Concat(runes));

    private static Gen<string> Character =>
        from plane in Gen.Choose(0, 16)
        from place in Gen.Choose(plane == 0 ? 1 : 0, 0xFFFF)
        select Rune.TryCreate((plane << 16) + place, out var rune) ? rune.ToString() : "x";

    private static (string, int, Gen<string>)[] FieldsOf(string kind) => kind switch
    {
        "RELATION" =>
        [
            ("type", 98, OneOf("INVITED", "INVITED_BY", "FRIEND", "UNKNOWN")), ("id", 98, Id),
            ("doNotProcessSymmetry", 30, Gen.Elements("true", "false", "null")),
        ],
        "PROFILE" =>
        [
            ("phone", 40, Text), ("email", 40, Text), ("pushId", 40, Text), ("firstName", 60, Text), ("lastName", 60, Text),
            ("birthdate", 40, OneOf(Days)), ("sex", 30, Gen.Elements("\"MALE\"", "\"OTHER\"", "null")), ("invitedBy", 3, Text),
        ],
        "LOGIN" => [("pushId", 50, Text)],
        "ORDER" => [("order", 98, Order)],
        "PROPERTIES" => [("properties", 70, Map(Text)), ("addTags", 60, List(Key)), ("removeTags", 40, List(Key))],
        "COUNTERS" => [("counters", 98, Map(Amount))],
        "WALLET" => [("amount", 98, Amount), ("wallet", 30, Text)],
        _ => [],
    };

    private static Gen<string> Order => Object(
        [("id", OneOf("order-1", "order-2", "order-3")), ("status", OneOf("NEW", "COMPLETED", "CANCELLED", "X_Y")), ("total", Amount)],
        [
            ("editTotal", 20, Amount), ("orderType", 30, Text), ("source", 30, Text), ("loyaltyId", 30, Id), ("created", 40, Time),
            ("closedDate", 40, Time), ("lastChanged", 40, Time), ("users", 40, List(User)), ("coupons", 30, List(Coupon)),
            ("buckets", 40, List(Bucket)),
        ]);

    private static Gen<string> User => Object(
        [("userId", Id)],
        [("roles", 60, List(Gen.Frequency((3, OneOf("CUSTOMER")), (1, Text)))), ("phone", 30, Text), ("email", 30, Text)]);

    private static Gen<string> Coupon => Object([("coupon", OneOf("CODE-1", "x"))], []);

    private static Gen<string> Bucket => Object([], [("venue", 70, Id), ("lines", 60, List(Line))]);

    private static Gen<string> Line => Object(
        [], [("productId", 60, Text), ("quantity", 60, Amount), ("price", 60, Amount), ("status", 40, Text)]);

    private static Gen<string> Consents => Object(
        [("scope", OneOf("ACCOUNT", "TRANSACTION")), ("consents", Map(Text))], [("transaction", 60, Id)]);

    private static Gen<string> Id => Mostly(OneOf(Ids));

    private static Gen<string> Key => Mostly(OneOf("vip", "a.b", "my_x", ".", "-", "level"));

    private static Gen<string> Time => OneOf(Times);

    private static Gen<string> Amount => Gen.Elements(Amounts);

    private static Gen<string> Mostly(Gen<string> value) => Gen.Frequency((97, value), (1, Gen.Constant("null")), (2, Text));

    private static Gen<string> OneOf(params string[] texts) => Gen.Elements(texts).Select(Quoted);

    private static Gen<string> List(Gen<string> item) =>
        from count in Gen.Choose(0, 3)
        from items in Gen.ArrayOf(Gen.Frequency((60, item), (1, Gen.Constant("null"))), count)
        select $"[{string.Join(',', items)}]";

    private static Gen<string> Map(Gen<string> value) =>
        from count in Gen.Choose(0, 3)
        from pairs in Gen.ArrayOf(from key in Key.Where(key => key.StartsWith('"')) from item in value select $"{key}:{item}", count)
        select $"{{{string.Join(',', pairs)}}}";

    private static Gen<string> Object((string Name, Gen<string> Value)[] always, (string Name, int Percent, Gen<string> Value)[] sometimes) =>
        Gen.CollectToArray([.. always.Select(field => Member(field.Name, field.Value)), .. sometimes.Select(Maybe)])
            .Select(fields => $"{{{string.Join(',', fields.OfType<string>())}}}");

    private static Gen<string?> Member(string name, Gen<string> value) => value.Select(json => (string?)$"{Quoted(name)}:{json}");

    private static Gen<string?> Maybe((string Name, int Percent, Gen<string> Value) field) => Gen.Frequency(
        (field.Percent, Member(field.Name, field.Value)), (100 - field.Percent, Gen.Constant((string?)null)));

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static IEnumerable<string[]> Shorter(string[] batch)
    {
        for (var i = 0; i < batch.Length && batch.Length > 1; i++)
            yield return [.. batch[..i], .. batch[(i + 1)..]];
    }
}
