using System.Text.Json;
using System.Text.Json.Nodes;
using Loyalty.Campaigns;
using Loyalty.Web;

namespace Loyalty.Tests.Campaigns;

/// <summary>A campaign with everything that a campaign can have.</summary>
internal static class Example
{
    private const string Text = """
        {
          "id": "spring-26", "type": "STANDARD", "name": "Spring", "dynamic": true,
          "activeFrom": "2026-03-01T00:00:00Z", "activeTo": "2026-06-01T00:00:00Z",
          "constraints": [
            { "field": "counters.orders", "op": "GTE", "value": ["1"] },
            { "field": "header.lastOrder", "op": "GT", "value": ["-P30D"] },
            { "field": "tags.vip", "op": "EXISTS" }
          ],
          "states": [
            {
              "id": "account", "type": "ACCOUNT", "transitionTo": "coupon", "addTags": ["in.spring"], "removeTags": ["out"],
              "properties": { "my_level": "2", "my.dotted.key": "x" }, "counters": { "points": 1.50, "a.b": -2 },
              "constraints": [{ "field": "properties.level", "op": "IN", "value": ["1", "2"] }]
            },
            {
              "id": "coupon", "type": "COUPON", "transitionTo": "message", "expireTo": "orders", "prefix": "SPRING-", "validFor": "P14D", "uses": 2,
              "data": { "categoryId": "c", "productId": "p", "enableKey": "e", "couponKey": "k", "extra": { "colour": "red", "a.b": "c" } }
            },
            {
              "id": "message", "type": "MESSAGE", "transitionTo": "orders", "title": "Hello {{firstName}}", "message": "Welcome", "image": "https://x/y.png",
              "payload": { "screen": "spring" }
            },
            {
              "id": "orders", "type": "ORDER", "transitionTo": "wallet", "count": 3, "minTotal": 9.90, "orderTypes": ["DINE_IN"], "sources": ["central"],
              "venues": ["old-town"], "products": ["burger"]
            },
            { "id": "wallet", "type": "WALLET", "transitionTo": "fixed", "amount": 5.25, "validFor": "P90D", "wallet": "main" },
            { "id": "fixed", "type": "COUPON", "validTo": "2026-12-31T23:00:00Z" }
          ],
          "notifications": [
            { "type": "COUPON_EXPIRATION", "title": "Hurry", "message": "Soon over", "before": "P2D", "dayPart": "MORNING", "image": "https://x/z.png" },
            { "type": "DYNAMIC_JOIN", "title": "Hello", "message": "You are in", "dayPart": "EVENING", "payload": { "screen": "home" } },
            { "type": "SPECIFIC_TIME", "title": "Today", "message": "Now", "at": "2026-04-01T10:00:00Z" }
          ]
        }
        """;

    public static CampaignDefinition Campaign => Read(Text);

    public static CampaignDefinition Read(string json) => JsonSerializer.Deserialize<CampaignDefinition>(json, JsonSettings.Options)!;

    /// <summary>The example with another value at a path such as <c>states/1/uses</c>; no value takes the field away, <c>+</c> makes a text longer.</summary>
    public static CampaignDefinition With(string path, string? value) => Read(TextWith(path, value));

    /// <summary>The same as JSON.</summary>
    public static string TextWith(string path, string? value)
    {
        var root = JsonNode.Parse(Text)!;
        var steps = path.Split('/');
        var parent = steps[..^1].Aggregate(root, (node, step) => (node is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : node[step])!);
        var node = value is null ? null : JsonNode.Parse(value);
        if (parent is JsonArray array)
            array[int.Parse(steps[^1], System.Globalization.CultureInfo.InvariantCulture)] = node;
        else if (value is null)
            parent.AsObject().Remove(steps[^1]);
        else
            parent[steps[^1]] = node;
        return root.ToJsonString();
    }

    public static string JsonOf(CampaignDefinition definition) => JsonSerializer.Serialize(definition, JsonSettings.Options);
}
