namespace Loyalty.ApiTests;

/// <summary>Orders in the shape that the ordering platform sends, shortened.</summary>
internal static class Orders
{
    /// <summary>An event with one order of <paramref name="customer"/>.</summary>
    public static string Event(string id, string customer, string? coupon = null, string status = "COMPLETED", string total = "13.99", string? eventId = null) =>
        $$"""
        {
          "event": "ORDER",
          {{(eventId is null ? "" : $"\"eventId\": \"{eventId}\",")}}
          "order": {
            "id": "{{id}}", "tenant": "8724ef16-20c8-4008-b183-3504cedc38af",
            "closedDate": "2026-03-27T10:47:43", "lastChanged": "2026-03-27T10:47:43", "isClosed": true, "isCompleted": true, "source": "central",
            "users": [{ "userId": "{{customer}}", "roles": ["CUSTOMER", "CREATOR"], "phone": "46123456789", "email": "someone@example.com", "extra": {} }],
            "orderType": "DINE_IN", "total": "{{total}}", "editTotal": "{{total}}", "status": "{{status}}", "statusInfo": "completed", "claimCode": "YQ0W5O",
            {{(coupon is null ? "" : $"\"coupons\": [{{ \"coupon\": \"{coupon}\" }}],")}}
            "buckets": [{
              "venue": "2de9a0c3-4b21-407c-83d1-031ea0735eb3", "sync": false, "name": "PH 1b", "queuePos": 3, "extra": {},
              "lines": [
                { "id": "1", "created": "2026-03-26T10:47:15", "productName": "Burger", "quantity": 5, "price": "12.97", "productId": "burger",
                  "product": { "id": "burger", "kind": "product", "quantity": 1, "price": "13.99" }, "status": "NEW", "discounts": [], "extra": {} },
                { "id": "2", "productName": "Cola", "quantity": 4, "price": "4.37", "productId": "cola", "status": "CONFIRMED" }
              ]
            }],
            "payments": [{ "id": "3", "source": "WEB", "amount": "{{total}}", "timestamp": "2026-03-26T10:47:22", "extra": {} }],
            "extra": {}
          }
        }
        """;

    /// <summary>A small order, with the fields of <paramref name="wrong"/> put over its own. Note: as text, since no JSON object could hold all of them.</summary>
    public static string Spoilt(string wrong)
    {
        var fields = wrong.Trim()[1..^1].Trim();
        return $$"""{ "id": "spoilt", "status": "COMPLETED", "total": "13.99"{{(fields.Length == 0 ? "" : $", {fields}")}} }""";
    }

    public static string Batch(params string[] events) => $"[{string.Join(',', events)}]";
}
