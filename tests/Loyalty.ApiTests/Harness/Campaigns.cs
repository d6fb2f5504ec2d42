using System.Text.Json;

namespace Loyalty.ApiTests;

/// <summary>Campaigns for the tests.</summary>
internal static class Campaigns
{
    /// <summary>A coupon, then two orders, then a message; for accounts whose <paramref name="field"/> is <paramref name="value"/>.</summary>
    public static string CouponThenOrders(string id, string field, string value) =>
        $$"""
        {
          "id": "{{id}}", "type": "STANDARD", "name": "Campaign of a test", "dynamic": true,
          "constraints": [{ "field": "{{field}}", "op": "EQ", "value": ["{{value}}"] }],
          "states": [
            { "id": "coffee", "type": "COUPON", "prefix": "TEST", "validFor": "P30D", "transitionTo": "more",
              "data": { "categoryId": "drinks", "productId": "coffee" } },
            { "id": "more", "type": "ORDER", "count": 1, "transitionTo": "thanks" },
            { "id": "thanks", "type": "MESSAGE", "title": "Thank you", "message": "See you soon" }
          ]
        }
        """;

    /// <summary>States for whoever has a tag.</summary>
    /// <param name="more">Further fields, such as <c>"activeTo": "…",</c></param>
    public static string ForTag(string id, string tag, string states, string more = "", string type = "STANDARD") =>
        $$"""
        { "id": "{{id}}", "type": "{{type}}", "name": "Campaign of a test", {{more}} "dynamic": true,
          "constraints": [{ "field": "tags.{{tag}}", "op": "EQ", "value": ["true"] }], "states": [{{states}}] }
        """;

    public const string Coffee = """{ "id": "coffee", "type": "COUPON", "prefix": "TEST", "validFor": "P30D" }""";

    public const string Hello = """{ "id": "hello", "type": "MESSAGE", "title": "Hello", "message": "Nice to see you" }""";

    /// <summary>Saves it, starts it, and waits until it runs.</summary>
    public static async Task RunAsync(HttpClient http, string id, string json)
    {
        await http.PutJsonAsync($"api/campaign/{id}", json);
        await http.PostJsonAsync($"api/campaign/{id}/initialize", "");
        await Eventually.TrueAsync(async () => (await http.GetJsonAsync($"api/campaign/{id}")).Text("status") == "RUNNING", $"campaign {id} runs");
        await WrittenAsync(http, id);
    }

    /// <summary>
    /// Note: the collections that a pass changes are written one beside the other, so that a reader may see one a moment before the other.
    /// Whoever gets an answer to a later entry, a refusal too, knows that all of it is there.
    /// </summary>
    public static Task WrittenAsync(HttpClient http, string id) => http.PostJsonAsync($"api/campaign/{id}/initialize", "", 409);

    public static string CouponOf(JsonElement account) => account.GetProperty("coupons")[0].GetString()!;

    public static string? StateIn(JsonElement account, string campaign) => account.GetProperty("campaigns").EnumerateArray()
        .Where(position => position.Text("id") == campaign)
        .Select(position => position.Text("state")).SingleOrDefault();
}
