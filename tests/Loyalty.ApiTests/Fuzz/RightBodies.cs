using System.Text.Json.Nodes;

namespace Loyalty.ApiTests.Fuzz;

/// <summary>Bodies that are accepted as they stand, for operations whose schemas cannot say all that makes a body right.</summary>
internal static class RightBodies
{
    private const string Coupon = """{ "id": "coffee", "type": "COUPON", "prefix": "TEST", "validFor": "P30D", "title": "Coffee", "data": { "productId": "coffee" }, "transitionTo": "more" }""";
    private const string Orders = """{ "id": "more", "type": "ORDER", "count": 2, "minTotal": 5, "venues": ["old-town"], "products": ["burger"], "transitionTo": "thanks" }""";
    private const string Message = """{ "id": "thanks", "type": "MESSAGE", "title": "Thank you, {{firstName}}", "message": "See you soon", "payload": { "a": "b" }, "transitionTo": "credit" }""";
    private const string Wallet = """{ "id": "credit", "type": "WALLET", "amount": 5.5, "wallet": "points", "transitionTo": "done" }""";
    private const string Account = """{ "id": "done", "type": "ACCOUNT", "addTags": ["done"], "removeTags": ["vip"], "properties": { "level": "2" }, "counters": { "points": 10 } }""";
    private const string Everybody = """{ "field": "header.created", "op": "EXISTS", "value": ["true"] }""";
    private const string Vip = """{ "field": "tags.vip", "op": "EQ", "value": ["true"] }""";
    private const string Regular = """{ "field": "counters.orders", "op": "GTE", "value": ["1"] }""";
    private const string Recent = """{ "field": "header.lastOrder", "op": "GT", "value": ["-P30D"] }""";

    private static readonly string[] Notices =
    [
        """{ "type": "COUPON_EXPIRATION", "title": "Soon", "message": "{{code}} ends", "before": "P1D", "dayPart": "NOON" }""",
        """{ "type": "DYNAMIC_JOIN", "title": "Hello", "message": "Hello {{firstName}}" }""", """{ "type": "SPECIFIC_TIME", "title": "Now", "message": "To all", "at": "2031-01-01T12:00:00Z" }""",
    ];

    private static readonly string[] Orderings =
    [
        """{ "id": "order-1", "status": "COMPLETED", "total": "13.99", "orderType": "DINE_IN", "source": "central", "users": [{ "userId": "member-1", "roles": ["CUSTOMER"], "phone": "+48 600 100 200", "email": "a@example.com" }], "buckets": [{ "venue": "old-town", "lines": [{ "productId": "burger", "quantity": 1, "price": "13.99", "status": "NEW" }] }], "created": "2026-02-01T12:00:00", "closedDate": "2026-02-01T12:30:00Z", "lastChanged": "2026-02-01T12:30:00+01:00" }""",
        """{ "id": "order-2", "status": "NEW", "total": 20, "loyaltyId": "card-1", "coupons": [{ "coupon": "coupon-code" }] }""",
        """{ "id": "order-3", "status": "CANCELLED", "total": 5, "editTotal": 4.5 }""", """{ "id": "order-4", "status": "CLOSED", "total": 8, "buckets": [{ "lines": [{ "productId": "tea", "quantity": 0.5 }] }] }""",
    ];

    private static readonly string[] Events =
    [
        .. Orderings.Select(order => $$"""{ "event": "ORDER", "account": "member-2", "order": {{order}} }"""), $$"""{ "event": "ORDER", "order": {{Orderings[0]}} }""",
        """{ "event": "PROFILE", "account": "member-1", "firstName": "Ala", "lastName": "Ma", "phone": "600100200", "email": "ala@example.com", "pushId": "p-1", "birthdate": "1990-02-28", "sex": "FEMALE" }""",
        """{ "event": "PROPERTIES", "account": "member-1", "properties": { "color": "red", "level": null }, "addTags": ["vip"], "removeTags": ["done"] }""", """{ "event": "PROPERTIES", "card": "card-1", "addTags": ["vip"] }""",
        """{ "event": "COUNTERS", "account": "member-3", "counters": { "points": 5, "visits": -1.5 }, "ts": "2026-01-01T12:00:00Z" }""", """{ "event": "CARD", "account": "member-1", "card": "card-1" }""",
        """{ "event": "CONSENTS", "account": "member-2", "consents": { "scope": "ACCOUNT", "consents": { "push": "true", "contact": "yes" } } }""", """{ "event": "WALLET", "account": "member-3", "amount": "12.50", "wallet": "points" }""",
        """{ "type": "INVITED", "id": "member-2", "account": "member-1", "doNotProcessSymmetry": false }""", """{ "event": "LOGIN", "account": "member-2", "pushId": "p-2", "eventId": "login-1" }""", """{ "event": "DELETED", "account": "member-3" }""",
    ];

    /// <summary>Null where the schema says enough.</summary>
    public static JsonNode? Of(Operation operation, Chance chance) => operation.Id switch
    {
        "postEvent" => new JsonArray([.. Enumerable.Range(0, chance.Between(1, 4)).Select(_ => JsonNode.Parse(chance.Of(Events)))]),
        "orderWebhook" => JsonNode.Parse($$"""{ "commandClass": "OrderCommand", "command": "ORDER_COMPLETED", "tenant": "any", "order": {{chance.Of(Orderings)}} }"""),
        "postCampaign" or "putCampaign" => JsonNode.Parse(Campaign(chance)),
        "putTenantLoyalty" => JsonNode.Parse(
            $$"""{ "importantTags": ["vip"], "contactConsent": "contact", "campaignLimit": {{chance.Between(3, 20)}}, "orderWebhookSecret": "{{FuzzedTenant.WebhookSecret}}", "notificationLateness": "PT2H", "segments": [{ "name": "VIP", "constraints": [{{Vip}}] }, { "name": "REGULAR", "constraints": [{{Regular}}, {{Recent}}] }] }"""),
        "setMyProperties" => JsonNode.Parse("""{ "properties": { "my_color": "red", "my_size": null }, "addTags": ["my_tag"], "removeTags": ["my_old"] }"""),
        "putTenant" => JsonNode.Parse("""{ "name": "Żabka 😀", "timeZone": "Pacific/Kiritimati", "currency": "EUR", "selfRegistration": true, "guests": false }"""),
        "postClient" => JsonNode.Parse($$"""{ "id": "client-{{chance.Below(20)}}", "name": "A till", "grants": ["CLIENT_CREDENTIALS"], "tenants": [], "roles": ["ROLE_LOYALTY_EVENT"] }"""),
        "putClient" => JsonNode.Parse("""{ "name": "Another", "grants": ["CLIENT_CREDENTIALS", "PASSWORD"], "tenants": [], "roles": [] }"""),
        "postUser" or "register" => JsonNode.Parse($$"""{ "login": "person-{{chance.Below(20)}}", "password": "long enough for us", "firstName": "Ala", "lastName": "Ma" }"""),
        "putUser" => JsonNode.Parse($$"""{ "firstName": "Ola", "lastName": null, "roles": ["ROLE_LOYALTY"], "active": {{(chance.Percent(50) ? "true" : "false")}} }"""),
        _ => operation.BodyExample?.DeepClone(),
    };

    private static string Campaign(Chance chance)
    {
        var states = new[] { Coupon, Orders, Message, Wallet, Account }[chance.Below(5)..];
        if (chance.Percent(25))
            states[0] = states[0].Replace("\"validFor\": \"P30D\"", "\"validTo\": \"2031-01-01T00:00:00Z\"", StringComparison.Ordinal);
        var period = chance.Percent(30) ? "\"activeFrom\": \"2026-01-01T00:00:00Z\", \"activeTo\": \"2031-01-01T00:00:00Z\"," : "";
        var constraints = chance.Of([Everybody, Vip, Regular, $"{Everybody}, {Recent}"]);
        return $$"""
            {
              "id": "campaign-1", "type": "{{chance.Of(["STANDARD", "STANDARD", "BIRTHDAY"])}}", "name": "Campaign of the fuzzer", {{period}} "dynamic": {{(chance.Percent(60) ? "true" : "false")}},
              "constraints": [{{constraints}}], "states": [{{string.Join(',', states)}}], "notifications": [{{(states.Length == 5 ? chance.Of(Notices) : "")}}]
            }
            """;
    }
}
