using System.Net;
using System.Text;
using System.Text.Json;
using Loyalty.Web;

namespace Loyalty.Tests.Web;

public sealed class BadInputTests(TryOutHost host) : IClassFixture<TryOutHost>
{
    [Theory]
    [InlineData("", "$", "missing")]
    [InlineData("null", "$", "missing")]
    [InlineData("{", "$", "open JSON object")]
    [InlineData("[]", "$", "an object")]
    [InlineData("""{"kind":"STANDARD"}""", "id", "required")]
    [InlineData("""{"id":null,"kind":"STANDARD"}""", "id", "must not be null")]
    [InlineData("""{"id":1,"kind":"STANDARD"}""", "id", "a string")]
    [InlineData("""{"id":"abc","kind":"NONE"}""", "kind", "one of STANDARD, SPECIFIC_TIME")]
    [InlineData("""{"id":"abc","kind":1}""", "kind", "one of STANDARD, SPECIFIC_TIME")]
    [InlineData("""{"id":"abc","kind":"STANDARD","at":"yesterday"}""", "at", "2026-02-28T12:00:00Z")]
    [InlineData("""{"id":"abc","kind":"STANDARD","day":"2026-13-01"}""", "day", "2026-02-28")]
    [InlineData("""{"id":"abc","kind":"STANDARD","total":"5"}""", "total", "a number")]
    [InlineData("""{"id":"abc","kind":"STANDARD","payload":{"a":1}}""", "payload.a", "a string")]
    [InlineData("""{"id":"abc","kind":"STANDARD","steps":{}}""", "steps", "an array")]
    [InlineData("""{"id":"abc","kind":"STANDARD","steps":[{"id":"a"}]}""", "steps[0]", "discriminator")]
    [InlineData("""{"id":"abc","kind":"STANDARD","steps":[{"id":"a","type":"NONE"}]}""", "steps[0]", "does not exist")]
    [InlineData("""{"id":"abc","kind":"STANDARD","steps":[{"id":"a","type":5}]}""", "steps[0]", "does not exist")]
    [InlineData("""{"id":"abc","kind":"STANDARD","steps":[{"type":"WALLET"}]}""", "steps[0].id", "required")]
    [InlineData("""{"id":"abc","kind":"STANDARD","steps":[{"id":"a","amount":"5","type":"WALLET"}]}""", "steps[0].amount", "a number")]
    [InlineData("""{"id":"abc","kind":"STANDARD","name":"\ud83d"}""", "name", "valid Unicode")]
    [InlineData("""{"id":"abc","kind":"STANDARD","name":"a\u0000"}""", "name", "valid Unicode")]
    [InlineData("""{"id":"abc","kind":"\ud83d"}""", "kind", "valid Unicode")]
    [InlineData("""{"id":"abc","kind":"STANDARD","steps":[{"id":"a","type":"\ud83d"}]}""", "steps[0].type", "valid Unicode")]
    [InlineData("""{"id":5,"kind":"STANDARD","missing required properties including: 'a', 'a'":1}""", "id", "a string")]
    [InlineData("""{"kind":"STANDARD","Path: $.a | LineNumber: 0":[[[[[]]]]]}""", "id", "required")]
    public async Task A_body_that_cannot_be_read_is_answered_with_the_field_and_the_fix(string body, string field, string fix) =>
        AssertProblem(await host.SendAsync(HttpMethod.Put, "api/thing/abc", body), 400, fix == "required" ? "missing_field" : "malformed_json", field, fix);

    [Theory]
    [InlineData("""{"id":"abc","kind":"STANDARD","name":"A","steps":[{"id":"a","type":"WALLET"}]}""", "name", "between 3 and 16")]
    [InlineData("""{"id":"ab\n","kind":"STANDARD","name":"Abc","steps":[{"id":"a","type":"WALLET"}]}""", "id", "must match [a-z]{3,8}")]
    [InlineData("""{"id":"abc","kind":"STANDARD","name":"Abc","steps":[]}""", "steps", "1 to 2 items")]
    [InlineData("""{"id":"abc","kind":"STANDARD","name":"Abc","steps":[null]}""", "steps[0]", "must not be null")]
    [InlineData("""{"id":"abc","kind":"STANDARD","name":"Abc","steps":[{"id":"a","type":"WALLET"}],"payload":{"a":null}}""", "payload.a", "must not be null")]
    [InlineData("""{"id":"abc","kind":"STANDARD","name":"Abc","total":101,"steps":[{"id":"a","type":"WALLET"}]}""", "total", "between 0 and 100")]
    [InlineData("""{"id":"abc","kind":"STANDARD","name":"Abc","steps":[{"id":"a","type":"WALLET"},{"type":"MESSAGE","id":"b","title":"too long"}]}""", "steps[1].title", "5 characters or fewer")]
    public async Task A_body_that_is_not_valid_is_answered_with_the_JSON_path_of_each_fault(string body, string field, string fix) =>
        AssertProblem(await host.SendAsync(HttpMethod.Put, "api/thing/abc", body), 400, "validation", field, fix);

    [Theory]
    [InlineData("api/thing/ABC", "validation", "thing", "[a-z]{3,8}")]
    [InlineData("api/thing/abc?from=x", "bad_parameter", "from", "2026-02-28")]
    [InlineData("api/thing/abc?lock=perhaps", "bad_parameter", "lock", "true or false")]
    [InlineData("api/thing/abc?_start=x", "bad_parameter", "_start", "a whole number")]
    [InlineData("api/thing/abc?_start=11", "validation", "_start", "between 0 and 10")]
    [InlineData("base/api/thing/ABC", "validation", "thing", "[a-z]{3,8}")]
    [InlineData("api/thing/abc?lock=%00", "bad_parameter", "lock", "valid Unicode")]
    [InlineData("api/thing/abc?any=a%00b", "bad_parameter", "any", "valid Unicode")]
    [InlineData("api/thing/abc?from=x%22%20from%20%22y%20from", "bad_parameter", "from", "2026-02-28")]
    [InlineData("api/thing/abc?lock=%EF%BF%BE", "bad_parameter", "lock", "true or false")]
    public async Task A_parameter_that_does_not_fit_is_named(string path, string code, string field, string fix) =>
        AssertProblem(await host.SendAsync(HttpMethod.Get, path), 400, code, field, fix);

    [Fact]
    public async Task A_good_body_is_read_whatever_the_order_and_written_with_instants_in_UTC_and_no_nulls()
    {
        const string body =
            """{"unknown":1,"kind":"SPECIFIC_TIME","name":"Abc","id":"abc","at":"2026-01-01T00:00:00+02:00","steps":[{"title":"hello","id":"a","type":"MESSAGE"}]}""";

        var (status, json) = await host.SendAsync(HttpMethod.Put, "api/thing/abc", body);

        Assert.Equal(200, status);
        Assert.Equal(
            """{"id":"abc","kind":"SPECIFIC_TIME","steps":[{"type":"MESSAGE","title":"hello","id":"a"}],"at":"2025-12-31T22:00:00Z","name":"Abc"}""",
            json.GetRawText());
    }

    [Theory]
    [InlineData("GET", "nowhere", 404, "not_found")]
    [InlineData("DELETE", "api/thing/abc", 405, "method_not_allowed")]
    [InlineData("GET", "api/thing/broken", 500, "internal_error")]
    public async Task Every_error_is_a_problem_with_a_code(string method, string path, int status, string code)
    {
        var (answered, json) = await host.SendAsync(new HttpMethod(method), path);

        Assert.Equal((status, code), (answered, json.GetProperty("code").GetString()));
        Assert.DoesNotContain("secret", json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_by_its_type_is_refused()
    {
        var (status, json) = await host.SendAsync(HttpMethod.Put, "api/thing/abc", "{}", "text/plain");

        Assert.Equal((415, "unsupported_media_type"), (status, json.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("application/json; charset=nonsense", 415)]
    [InlineData("application/json; charset=utf-7", 415)]
    [InlineData("application/json; charset=\"\"", 200)]
    [InlineData("application/json; charset=\"UTF-8\"", 200)]
    [InlineData("application/json; charset=utf8", 200)]
    [InlineData("application/merge-patch+json", 200)]
    [InlineData("application/json; charset=us-ascii", 400)]
    [InlineData("text/html", 415)]
    public async Task A_charset_that_nobody_knows_is_refused(string type, int status)
    {
        Assert.Equal(status, await PutAsync(Encoding.UTF8.GetBytes(Named("Zoë")), type));
    }

    [Theory]
    [InlineData("utf-16"), InlineData("utf-32"), InlineData("iso-8859-1"), InlineData("utf-8")]
    public async Task A_body_may_be_in_any_charset_with_or_without_a_byte_order_mark(string charset)
    {
        var encoding = Encoding.GetEncoding(charset);

        Assert.Equal(200, await PutAsync([.. encoding.GetPreamble(), .. encoding.GetBytes(Named("Zoë"))], $"application/json; charset={charset}"));
        Assert.Equal(200, await PutAsync(encoding.GetBytes(Named("Zoë")), $"application/json; charset={charset}"));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused_by_field() =>
        Assert.Equal(400, await PutAsync(Encoding.Latin1.GetBytes(Named("Zoë")), "application/json"));

    private static string Named(string name) => $$"""{"id":"abc","kind":"STANDARD","name":"{{name}}","steps":[{"id":"a","type":"WALLET"}]}""";

    private async Task<int> PutAsync(byte[] body, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "api/thing/abc") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode < 400 ? text.Contains("Zoë", StringComparison.Ordinal) : text.Contains("\"code\":", StringComparison.Ordinal), text);
        return (int)answer.StatusCode;
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "api/thing/abc")
        {
            Content = new StringContent(new string(' ', (int)WebModule.MaxBodyBytes + 1), Encoding.UTF8, "application/json"),
            Headers = { ExpectContinue = true },
        };
        // Note: a client that does not wait for the refusal sends on, and may find the connection closed before it has read the answer.
        using var patient = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) }) { BaseAddress = host.Http.BaseAddress };
        using var answer = await patient.SendAsync(request, TestContext.Current.CancellationToken);
        var problem = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("\"code\":\"too_large\"", problem, StringComparison.Ordinal);
    }

    private static void AssertProblem((int Status, JsonElement Json) answer, int status, string code, string field, string fix)
    {
        Assert.Equal((status, code), (answer.Status, answer.Json.GetProperty("code").GetString()));
        Assert.Equal(status, answer.Json.GetProperty("status").GetInt32());
        Assert.True(answer.Json.GetProperty("errors").TryGetProperty(field, out var messages), answer.Json.GetRawText());
        Assert.Contains(fix, messages[0].GetString(), StringComparison.Ordinal);
    }
}
