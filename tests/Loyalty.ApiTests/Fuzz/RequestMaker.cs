using System.Text;
using System.Text.Json.Nodes;

namespace Loyalty.ApiTests.Fuzz;

/// <summary>Makes requests for an operation: most of it as the document wants it, something of it odd.</summary>
internal sealed class RequestMaker(Samples samples, Names names, IReadOnlyList<string> callers, string webhookSecret)
{
    private const int LongestInAddress = 1_500;
    private const int LongestJson = 30_000;

    private static readonly string[] ContentTypes =
    [
        "application/json; charset=utf-8", "application/json; charset=nonsense", "application/json;charset=\"UTF-8\"",
        "application/json; charset=utf-16", "application/json; charset=utf-7", "application/json; charset=iso-8859-1",
        "application/json; charset=",
        "text/plain", "application/xml", "multipart/form-data", "application/x-www-form-urlencoded",
        "application/merge-patch+json", "json", "", "application/json; charset=utf-8; charset=latin1",
        "application/json, text/html",
    ];

    private static readonly string[] OddHeaders =
    [
        "x-tenant", "Idempotency-Key", "Prefer", "Accept", "If-Match", "If-None-Match", "x-signature",
        "Accept-Language", "Origin", "Range", "If-Modified-Since", "Cookie", "X-Forwarded-For", "traceparent",
        "Expect-Nothing"
    ];

    private static readonly string[] HeaderValues =
    [
        "respond-async", "handling=strict", "text/csv", "application/x-ndjson", "*/*;q=0", "a/b;q=x", "\"1\"",
        "W/\"1\"", "*", "1", "-1", "99999999999999999999", "key-1", "key-2", "~internal:1", "https://example.com",
        "bytes=0-1", "00-0-0-0", ","
    ];

    public OddRequest Make(Operation operation, Chance chance)
    {
        // Note: some requests are right as they are, so that there is something to refuse changes of.
        var odd = chance.Percent(75);
        var path = $"{PathOf(operation, chance, odd)}{QueryOf(operation, chance, odd)}";
        var (body, type) = BodyOf(operation, path, chance, odd);
        (string, string)[] headers = [.. HeadersOf(operation, chance, odd)];
        var request = new OddRequest(operation, path, headers, body, type, CallerOf(operation, chance));
        return operation.Id == "orderWebhook" && chance.Percent(85) ? request.SignedWith(webhookSecret) : request;
    }

    /// <summary>Most often somebody who may: whoever may not is refused before anything else is looked at.</summary>
    private string CallerOf(Operation operation, Chance chance)
    {
        if (chance.Percent(8))
            return chance.Of(callers);
        return operation.Path.Split('/') switch
        {
            ["", "api", "my", ..] or ["", "auth-api", "api", "me", ..] => "member",
            ["", "api", "webhook", ..] or ["", "auth-api", "api", "register"] => "nobody",
            ["", "auth-api", "api", "tenant" or "client" or "key", ..] when !operation.Path.EndsWith("loyalty", StringComparison.Ordinal) =>
                "administrator",
            _ => operation.Partners ? chance.Of(["partner", "partner-su", "manager"]) : "manager",
        };
    }

    private string PathOf(Operation operation, Chance chance, bool odd)
    {
        var path = operation.Path;
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.Place == "path"))
        {
            var name = odd && chance.Percent(15) ? InAddress(OddValues.Encoded(chance)) : names.Of(operation, parameter.Name, chance);
            path = path.Replace($"{{{parameter.Name}}}", name, StringComparison.Ordinal);
        }
        return chance.Percent(3) ? $"/loyalty-api{path}" : path;
    }

    private string QueryOf(Operation operation, Chance chance, bool odd)
    {
        var query = new List<string>();
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.Place == "query" && chance.Percent(50)))
            query.Add($"{parameter.Name}={ValueOf(operation, parameter, chance, odd && chance.Percent(60))}");
        if (odd && query.Count > 0 && chance.Percent(20))
            query.Add(chance.Percent(50) ? chance.Of(query) : $"{Unknown(chance)}={Unknown(chance)}");
        return query.Count == 0 ? "" : $"?{string.Join('&', query)}";
    }

    private string ValueOf(Operation operation, Parameter parameter, Chance chance, bool odd)
    {
        if (parameter.IsJson)
        {
            var json = samples.Of(parameter.Schema, chance);
            var bytes = odd ? Spoiler.Spoil(json, chance) : Bytes(json);
            var text = Uri.EscapeDataString(Encoding.UTF8.GetString(bytes));
            return text.Length <= LongestJson ? text : "";
        }
        if (odd)
            return chance.Percent(50) ? Unknown(chance) : InAddress(Uri.EscapeDataString(Cut(OddValues.Json(chance))));
        return parameter.Example is { } example ? Uri.EscapeDataString(example.ToString())
            : parameter.Name is "account" or "name" or "coupon" ? names.Of(operation, parameter.Name, chance)
            : Uri.EscapeDataString(samples.Of(parameter.Schema, chance)?.ToString() ?? "");
    }

    private IEnumerable<(string, string)> HeadersOf(Operation operation, Chance chance, bool odd)
    {
        if (operation.Id == "postEvent" && chance.Percent(20))
            yield return ("Idempotency-Key", chance.Of(Names.Keys));
        if (operation.Parameters.Any(parameter => parameter.Name == "x-tenant") && chance.Percent(operation.Partners ? 20 : 90))
            yield return ("x-tenant", names.Tenant);
        if (!odd || !chance.Percent(25))
            yield break;
        for (var i = chance.Between(1, 2); i > 0; i--)
            yield return (chance.Of(OddHeaders), chance.Percent(50) ? chance.Of(HeaderValues) : HeaderText(chance));
    }

    private (byte[]?, string?) BodyOf(Operation operation, string path, Chance chance, bool odd)
    {
        if (operation.Body is null)
            return odd && chance.Percent(10) && !operation.IsRead
                ? (Encoding.UTF8.GetBytes(OddValues.Json(chance)), "application/json")
                : (null, null);
        var right = chance.Percent(65) ? RightBodies.Of(operation, chance) : null;
        var body = right ?? samples.Of(operation.Body, chance);
        if (names.Coupons.Count > 0)
            body = WithCoupon(body, chance.Of(names.Coupons));
        // Note: where the ids of body and path differ, nothing behind that is tried.
        if (body is JsonObject map && operation.Id is "putCampaign" or "postCampaign")
            map["id"] = operation.Id == "putCampaign" ? path.Split('/')[^1] : names.Of(operation, "campaign", chance);
        var type = odd && chance.Percent(8) ? chance.Of(ContentTypes) : "application/json";
        return (odd && chance.Percent(85) ? Spoiler.Spoil(body, chance) : Bytes(body), type);
    }

    /// <summary>Note: a client of HTTP would not let these out in a header.</summary>
    private static string HeaderText(Chance chance) =>
        new([.. Cut(OddValues.Text(chance)).Where(letter => !char.IsControl(letter))]);

    private static JsonNode? WithCoupon(JsonNode? body, string coupon) =>
        JsonNode.Parse(body?.ToJsonString().Replace("coupon-code", coupon, StringComparison.Ordinal) ?? "null");

    private static byte[] Bytes(JsonNode? json) => Encoding.UTF8.GetBytes(json?.ToJsonString() ?? "null");

    private static string Unknown(Chance chance) => InAddress(OddValues.Encoded(chance));

    private static string InAddress(string encoded) =>
        encoded.Length <= LongestInAddress ? encoded : encoded[..LongestInAddress];

    private static string Cut(string text) => text.Length <= 400 ? text : text[..400];
}
