using System.Text;
using System.Text.Json;

namespace Loyalty.ApiTests.Fuzz;

/// <summary>Values that have broken other systems, as JSON tokens or as plain text.</summary>
internal static class OddValues
{
    private static readonly string[] Texts =
    [
        "", " ", "\t", "a\nb", "\0", "a\0b", "\uFFFE", "\uFFFF", "\uFDD0", "\uFEFF", "\u200B", "\u202E", "e\u0301",
        "\u1E9B\u0323", "ﬃ", "İ", "ß", "ǅ", "٣", "\u2028", "\u0085", "\u007F",
        "😀", "👨‍👩‍👧‍👦", "𐀀", "\U000E0001", "\U000F0000", "\U0010FFFD", "\U0010FFFF", "\U0001FFFE", "\uE000", "\u0378",
        "null", "true", "NaN", "-0", "1e5", "0x10", "1,5", "१२",
        "'", "\"", "\\", "/", "..", "../../etc/passwd", "$", "$where", "$ne", "a.b", ".", "a..b", "{{firstName}}",
        "{{", "<script>", "%00", "%", "' OR '1'='1", "=cmd()", "(?:a+)+$", "[", "*",
        "missing required properties including: 'a', 'a'",
        "The JSON value could not be converted to X. Path: $.a | LineNumber: 0 | BytePositionInLine: 1.",
        "discriminator", "could not be converted to System.Int32",
        "Failed to bind parameter \"int a\" from \"b\".", "~admin:1", "segments-all:0", "__proto__", "constructor",
        "_id", "event", "count", "me", "system", "0001-01-01", "P1D",
    ];

    private static readonly char[] Letters = ['a', '+', '"', 'ż', '\uFFFE', '字'];

    private static readonly string[] Times =
    [
        "0001-01-01T00:00:00", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00-14:00",
        "9999-12-31T23:59:59.9999999", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00", "0000-01-01T00:00:00Z",
        "10000-01-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-02-30", "2026-06-31T12:00:00", "2026-03-29T02:30:00",
        "2026-10-25T02:30:00", "2026-01-01T24:00:00Z", "2026-12-31T23:59:60Z", "2026-1-1", "20260101", "01/02/2026",
        "2026-01-01T00:00:00+15:00", "2026-01-01T00:00:00.123456789Z", "2026-W01-1", "1e9", "1900-01-01",
        "1899-12-31T23:59:59Z", "2000-02-29", "9999-12-31", "0001-01-01", "-P30D", "P0D", "P1M", "PT1S", "P", "PT",
        "P1Y2M3DT4H5M6S",
        "P99999999999999999999D", "-P9999Y", "P1.5D", "PT-1H", "P-1D", "P106751991167D", "PT2147483648S",
        "P2147483647Y",
    ];

    private static readonly string[] Numbers =
    [
        "0", "-0", "-0.0", "1", "-1", "1.0", "1e2", "1E+2", "0.1", "0.0000001", "13.990000000000002", "1e-400",
        "1e400", "-1e400", "1e28", "1e29", "255", "256", "2147483647", "2147483648", "-2147483649", "4294967296",
        "9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
        "18446744073709551616", "79228162514264337593543950335", "79228162514264337593543950336", "1000000000",
        "1000000000.000001",
        "123456789012345678901234567890123456789012345678901234567890", "0.1234567890123456789012345678901234567890",
    ];

    private static readonly string[] Encodings =
    [
        "%ED%A0%80", "%FF", "%C0%80", "%zz", "%", "%E0%A4", "%F4%90%80%80", "%EF%BF%BE", "%EF%BF%BF", "a%20b", "%2e%2e", "%2F",
        "+",
    ];

    private static readonly string[] BadTexts =
    [
        "\"\\ud800\"", "\"a\\udfffb\"", "\"\\ud83d\"", "\"\\ude00\\ud83d\"", "\"\\u0000\"", "\"a\\u0000\"",
        "\"\\ufffe\"", "\"a\\ufffeb\"", "\"\\uffff\\ufdd0\"", "\"\\udbff\\udfff\"", "\"\\udb80\\udc00\"", "", ""
    ];

    private static readonly string[] Tokens =
    [
        "null", "true", "false", "[]", "{}", "[null]", "[[]]", "[{}]", "{\"\":null}", "{\"a\":null}", "[null,null]",
        "{\"a\":1,\"a\":2}", "[0,1,2,3,4,5,6,7,8,9]", "\"\\ud800\"", "\"a\\udfffb\"", "\"\\ud83d\"",
        "\"\\ude00\\ud83d\"", "\"\\u0000\"",
        "{\"\\ud800\":1}", "{\"\\u0000\":1}", "[\"\\ud800\"]",
        "{\"missing required properties including: 'a', 'a'\":{}}", "{\"$type\":\"x\"}", "{\"$ref\":\"#\"}",
        "{\"$ne\":null}", "{\"event\":\"ORDER\"}", "{\"type\":\"COUPON\"}", "[\"true\"]", "[1,\"1\"]",
    ];

    /// <summary>A text in valid Unicode, or nearly: NUL is among them, half a surrogate pair is not.</summary>
    public static string Text(Chance chance) => chance.Below(10) switch
    {
        < 5 => chance.Of(Texts),
        5 => chance.Of(Times),
        6 => chance.Of(Numbers),
        7 => OfAnyPlane(chance, chance.Between(1, 12)),
        8 => new string(chance.Of(Letters), chance.Of([2, 3, 33, 65, 129, 257, 1025])),
        _ => $"{chance.Of(Texts)}{OfAnyPlane(chance, 2)}{chance.Of(Texts)}",
    };

    /// <summary>A JSON value that fits nowhere, or only just.</summary>
    public static string Json(Chance chance) => chance.Below(20) switch
    {
        < 6 => JsonSerializer.Serialize(Text(chance)),
        < 9 => JsonSerializer.Serialize(chance.Of(Times)),
        < 12 => chance.Of(Numbers),
        < 17 => chance.Of(Tokens),
        17 => Nested(chance.Of([5, 60, 63, 64, 65, 66, 200, 5_000]), chance.Percent(50)),
        18 => JsonSerializer.Serialize(new string(chance.Of(Letters), chance.Of([1_024, 5_000, 300_000]))),
        _ => $"[{string.Join(',', Enumerable.Repeat(chance.Of(Tokens), chance.Of([1, 20, 300, 3_000])))}]",
    };

    /// <summary>Text, as JSON, that is none, or that is and has been taken for none.</summary>
    public static string BadText(Chance chance) =>
        chance.Of(BadTexts) is { Length: > 0 } bad ? bad : JsonSerializer.Serialize(Text(chance));

    public static string Time(Chance chance) => JsonSerializer.Serialize(chance.Of(Times));

    public static string Number(Chance chance) =>
        chance.Percent(80) ? chance.Of(Numbers) : JsonSerializer.Serialize(chance.Of(Numbers));

    /// <summary>A property's name, as JSON.</summary>
    public static string Name(Chance chance) => chance.Below(10) switch
    {
        0 => "\"\\ud800\"",
        1 => "\"x\\u0000\"",
        2 => JsonSerializer.Serialize(new string('n', chance.Of([100, 2_000, 200_000]))),
        _ => JsonSerializer.Serialize(Text(chance)),
    };

    /// <summary>Percent-encoded, some of it such that it is no UTF-8.</summary>
    public static string Encoded(Chance chance) => chance.Below(8) switch
    {
        0 => chance.Of(Encodings),
        _ => Uri.EscapeDataString(Text(chance)),
    };

    private static string OfAnyPlane(Chance chance, int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
        {
            var rune = (chance.Below(17) << 16) + chance.Below(0x10000);
            if (Rune.IsValid(rune))
                text.Append(new Rune(rune).ToString());
        }
        return text.ToString();
    }

    private static string Nested(int depth, bool inObjects) => inObjects
        ? $"{string.Concat(Enumerable.Repeat("{\"a\":", depth))}1{new string('}', depth)}"
        : $"{new string('[', depth)}{new string(']', depth)}";
}
