using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FsCheck.Xunit;
using Loyalty.Events.Contracts;
using Loyalty.Web;

namespace Loyalty.Tests.Web;

/// <summary>JSON from outside: what is wrong with it is told by its place, whatever it is.</summary>
public sealed class JsonInputTests
{
    private const string Missing = "missing required properties including: 'a', 'a'";

    [Theory]
    [InlineData("""{"name":"\ud800"}""", "name")]
    [InlineData("""{"name":"a\udfffb"}""", "name")]
    [InlineData("""{"name":"\ud83d\ud83d\ude00"}""", "name")]
    [InlineData("""{"name":"\ude00\ud83d"}""", "name")]
    [InlineData("""{"name":"a\u0000"}""", "name")]
    [InlineData("""{"name":"\\\u0000"}""", "name")]
    [InlineData("""{"unknown":{"deep":[1,{"x":["\ud800"]}]}}""", "unknown.deep[1].x[0]")]
    [InlineData("""{"\ud800":1}""", @"['\ud800']")]
    [InlineData("""{"two words":{"\u0000":1}}""", "['two words']['\uFFFD']")]
    [InlineData("""{"caf\u00e9":"\ud800"}""", "['café']")]
    [InlineData("""["a","\ud800"]""", "$[1]")]
    [InlineData("""[[],["a","b"],[{},"\ud800"]]""", "$[2][1]")]
    [InlineData("""{"a":[],"b":{},"c":"\ud800"}""", "c")]
    [InlineData("\"\\ud800\"", "$")]
    public void What_is_no_text_is_refused_by_its_path(string json, string path) => Assert.Equal([path], JsonInput.Check(Encoding.UTF8.GetBytes(json))!.Errors.Keys);

    [Theory]
    [InlineData("""{"name":"\ud83d\ude00\ufffe\\u0000\\ud800","":{"":[]}}""")]
    [InlineData("""[1,null,true,"\u0001","\"\\\/\b\f\n\r\t"]""")]
    [InlineData("5")]
    public void What_is_text_passes(string json) => Assert.Null(JsonInput.Check(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused_by_their_path() =>
        Assert.Equal(["a.b"], JsonInput.Check([.. "{\"a\":{\"b\":\""u8, 0xED, 0xA0, 0x80, .. "\"}}"u8])!.Errors.Keys);

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(1_000_000, false)]
    public void More_than_64_levels_are_refused(int depth, bool passes)
    {
        Assert.Equal(passes, JsonInput.Check(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth))) is null);
        Assert.Equal(passes, JsonInput.Check(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth))) is null);
    }

    [Theory]
    [InlineData(""), InlineData("{"), InlineData("[1,]"), InlineData("{}{}"), InlineData("{\"a\":1}]"), InlineData("nul"), InlineData("\"\\ud8\""), InlineData("\"a\nb\""), InlineData("{a:1}"), InlineData("01")]
    public void What_is_no_JSON_is_refused_as_a_whole(string json) => Assert.Equal(["$"], JsonInput.Check(Encoding.UTF8.GetBytes(json))!.Errors.Keys);

    [Fact]
    public void Each_item_of_an_array_has_a_fault_of_its_own()
    {
        var items = JsonInput.Items(Encoding.UTF8.GetBytes($$""" [ {"a":1} , {"a":"\ud800"},{{new string('[', 70)}}{{new string(']', 70)}}, 5, null,{"b":[{"c":"\u0000"}]}] """), 10, out var unreadable)!;

        Assert.Null(unreadable);
        Assert.Equal(["{\"a\":1}", "5", "null"], items.Where(item => item.Fault is null).Select(item => Encoding.UTF8.GetString(item.Json.Span)));
        Assert.Equal([null, "a", "$" + string.Concat(Enumerable.Repeat("[0]", 63))[..126] + "…", null, null, "b[0].c"], items.Select(item => item.Fault?.Path));
    }

    [Theory]
    [InlineData("{}", true), InlineData("5", true), InlineData("[1,2", false), InlineData("[1]]", false), InlineData("", false), InlineData("[\"\\q\"]", false)]
    public void What_is_no_array_has_no_items(string json, bool isJson)
    {
        Assert.Null(JsonInput.Items(Encoding.UTF8.GetBytes(json), 10, out var unreadable));
        Assert.Equal(isJson, unreadable is null);
    }

    [Fact]
    public void Too_many_items_are_not_all_read() => Assert.Equal(11, JsonInput.Items(Encoding.UTF8.GetBytes($"[{string.Join(',', new int[5000])}]"), 10, out _)!.Count);

    [Theory]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"NAME":5}""", "name")]
    [InlineData("""{"name":"x","name":5}""", "name")]
    [InlineData("{}", "name")]
    [InlineData("""{"name":"x","tags":["a",null]}""", "tags[1]")]
    [InlineData("""{"name":"x","tags":["a",5]}""", "tags[1]")]
    [InlineData("""{"name":"x","byName":{"a":null}}""", "byName.a")]
    [InlineData("""{"name":"x","byName":{"a b":5}}""", "byName['a b']")]
    [InlineData("""{"name":"x","inner":[{"name":"y"},{"tags":[null],"name":"z"}]}""", "inner[1].tags[0]")]
    [InlineData("""{"name":"x","inner":[null]}""", "inner[0]")]
    [InlineData("""{"name":"x","count":1e400}""", "count")]
    [InlineData("""{"name":"x","count":2147483648}""", "count")]
    [InlineData("""{"name":"x","count":1.5}""", "count")]
    [InlineData("""{"name":"x","count":"1"}""", "count")]
    [InlineData("""{"name":"x","at":"0001-01-01T00:00:00+14:00"}""", "at")]
    [InlineData("""{"name":"x","at":"9999-12-31T23:59:59-14:00"}""", "at")]
    [InlineData("""{"name":"x","day":"2026-02-30"}""", "day")]
    [InlineData("""{"name":"x","said":5}""", "said")]
    [InlineData("""{"name":"x","amount":"much"}""", "amount")]
    [InlineData("""{"name":"x","amount":1e400}""", "amount")]
    [InlineData("[]", "$")]
    [InlineData("null", "$")]
    [InlineData("{\"name\":5,\"" + Missing + "\":1}", "name")]
    [InlineData("{\"" + Missing + "\":{\"name\":[]}}", "name")]
    [InlineData("{\"name\":\"x\",\"byName\":{\"" + Missing + "\":1}}", "byName['" + Missing + "']")]
    public void What_does_not_fit_is_told_by_its_path(string json, string path)
    {
        Assert.False(JsonInput.TryRead<Outer>(Encoding.UTF8.GetBytes(json), out _, out var unreadable));

        Assert.Equal([path], unreadable!.Errors.Keys);
    }

    [Fact]
    public void All_that_does_not_fit_is_told_at_once_up_to_eight_places()
    {
        Assert.False(JsonInput.TryRead<Outer>("""{"tags":5,"count":"x","inner":[{},{"name":[]}]}"""u8, out _, out var unreadable));
        Assert.Equal(["count", "inner[0].name", "inner[1].name", "name", "tags"], unreadable!.Errors.Keys.Order());

        Assert.False(JsonInput.TryRead<Outer>(Encoding.UTF8.GetBytes($$"""{"name":"x","tags":[{{string.Join(',', new int[100])}}]}"""), out _, out unreadable));
        Assert.Equal(8, unreadable!.Errors.Count);
    }

    [Fact]
    public void Null_means_absent_wherever_a_field_is_optional()
    {
        const string json = """{"name":"x","tags":null,"byName":null,"inner":null,"count":null,"loud":null,"at":null,"day":null,"amount":null,"said":null,"always":null}""";

        Assert.True(JsonInput.TryRead<Outer>(Encoding.UTF8.GetBytes(json), out var read, out _));

        Assert.Equal((7, true, "usual"), (read.Count, read.Loud, read.Always));
        Assert.Empty(read.Tags);
        Assert.Equal(new Optional<string?>(null), read.Said);
        Assert.Equal("""{"name":"x","tags":[],"count":7,"loud":true,"always":"usual","said":null}""", JsonSerializer.Serialize(read, JsonSettings.Options));
    }

    [Fact]
    public void Where_null_is_declared_it_stays()
    {
        Assert.True(JsonInput.TryRead<Outer>("""{"name":"x","maybe":{"a":null},"loud":false,"count":0,"tags":["a"]}"""u8, out var read, out _));

        Assert.Null(read.Maybe!["a"]);
        Assert.Equal((0, false), (read.Count, read.Loud));
    }

    [Property(MaxTest = 300)]
    public void Whatever_bytes_come_nothing_is_thrown(byte[] bytes, string text, int cut)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new { name = UnicodeText.Shown(text ?? ""), tags = new[] { text is null ? "" : UnicodeText.Shown(text) }, inner = Array.Empty<int>() });
        foreach (var candidate in new[] { bytes, json, json[..(Math.Abs(cut % json.Length))], [.. json, .. bytes] })
        {
            JsonInput.Items(candidate, 5, out _);
            if (!JsonInput.TryRead<Outer>(candidate, out _, out var unreadable))
                Assert.All(unreadable!.Errors.Keys, path => Assert.True(path.Length is > 0 and <= 128 && UnicodeText.IsValid(path)));
        }
    }

    internal sealed record Outer
    {
        public required string Name { get; init; }

        public IReadOnlyList<string> Tags { get; init; } = [];

        public IReadOnlyDictionary<string, string>? ByName { get; init; }

        public IReadOnlyDictionary<string, string?>? Maybe { get; init; }

        public IReadOnlyList<Outer>? Inner { get; init; }

        public int Count { get; init; } = 7;

        public bool Loud { get; init; } = true;

        public string Always { get; init; } = "usual";

        public DateTimeOffset? At { get; init; }

        public DateOnly? Day { get; init; }

        [JsonConverter(typeof(MoneyConverter))]
        public decimal? Amount { get; init; }

        public Optional<string?> Said { get; init; }
    }
}
