using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns;

namespace Loyalty.Tests.Campaigns;

/// <summary>The programme of docs/programmes/points.md: 1 point for each full euro, 100 points buy a coffee, points lapse after a year.</summary>
internal static class Points
{
    public const string Id = "points";

    public static Campaign Campaign => Given.Campaign(Example.Read(Text));

    public static string Text { get; } = """
        {
          "id": "points", "type": "STANDARD", "name": "Points", "dynamic": true,
          "constraints": [{ "field": "header.created", "op": "EXISTS" }],
          "states": [
            { "id": "order", "type": "ORDER", "countEntering": true, "transitionTo": "points" },
            { "id": "points", "type": "WALLET", "rate": { "give": 1, "per": 1 }, "validFor": "P1Y", "transitionTo": "coffee" },
            {
              "id": "coffee", "type": "COUPON", "price": 100, "moveOn": "GIVEN", "validFor": "P30D", "data": { "productId": "coffee" },
              "transitionTo": "order"
            }
          ]
        }
        """;
}
