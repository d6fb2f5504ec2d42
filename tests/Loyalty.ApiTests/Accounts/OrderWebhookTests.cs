using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Loyalty.ApiTests.Accounts;

/// <summary>The ordering platform's webhook.</summary>
public sealed class OrderWebhookTests(SharedHost host)
{
    private const string Secret = "a-secret-of-the-webhook-tests";

    [Fact]
    public async Task A_signed_order_counts_once_and_anything_else_is_refused()
    {
        using var manager = await host.AsManagerAsync();
        using var platform = host.Anonymous();
        var (customer, order) = (Unique.Id("web"), Unique.Id("order"));
        var body = BodyOf(order, customer);
        await manager.PutJsonAsync("auth-api/api/tenant/demo/loyalty", $$"""{ "orderWebhookSecret": "{{Secret}}" }""");
        await Eventually.TrueAsync(async () => (await PostAsync(platform, body, Sign(body, Secret))).Status == 200, "the secret is in force");
        var repeated = await PostAsync(platform, body, Sign(body, Secret));
        Assert.Equal("DUPLICATE", repeated.Answer.Text("status"));
        Assert.Equal(1, (await manager.GetJsonAsync($"api/account/{customer}")).GetProperty("counters").GetProperty("orders").GetInt32());
        foreach (var wrong in new[] { Sign(body, "another-secret-altogether"), Sign(body + " ", Secret), "", "nonsense", new string('z', 64) })
            Assert.Equal((401, "bad_signature"), ((await PostAsync(platform, body, wrong)).Status, (await PostAsync(platform, body, wrong)).Answer.Text("code")));
        Assert.Equal(400, (await PostAsync(platform, "{}", Sign("{}", Secret))).Status);
        Assert.DoesNotContain(Secret, (await manager.GetJsonAsync("auth-api/api/tenant/demo/loyalty")).GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "lastChanged": "9999-12-31T23:59:59-14:00" }""", "malformed_json", "order.lastChanged")]
    [InlineData("""{ "users": [null] }""", "validation", "order.users[0]")]
    [InlineData("""{ "source": "\ud83d" }""", "malformed_json", "order.source")]
    [InlineData("""{ "total": 1e400 }""", "malformed_json", "order.total")]
    public async Task A_signed_order_that_is_wrong_is_refused_by_the_name_of_the_field_and_a_byte_order_mark_is_none_of_its_faults(string wrong, string code, string field)
    {
        using var brand = await Brand.MakeAsync(host, "Pacific/Kiritimati");
        await brand.Manager.PutJsonAsync($"auth-api/api/tenant/{brand.Tenant}/loyalty", $$"""{ "orderWebhookSecret": "{{Secret}}" }""");
        using var platform = host.Anonymous();
        var body = $$"""{ "order": {{Orders.Spoilt(wrong)}} }""";
        var right = $$"""{{'\uFEFF'}}{ "order": {{Orders.Spoilt("{}")}} }""";
        await Eventually.TrueAsync(async () => (await PostAsync(platform, right, Sign(right, Secret), brand.Tenant)).Status == 200, "the secret is in force");

        var (status, problem) = await PostAsync(platform, body, Sign(body, Secret), brand.Tenant);

        Assert.Equal((400, code), (status, problem.Text("code")));
        Assert.Equal([field], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    private static string BodyOf(string order, string customer) =>
        $$"""
        {
          "commandClass": "OrderCompletedEventCommand", "command": { "status": "COMPLETED" },
          "tenant": { "__NAME__": "test", "currency": "PLN" },
          "order": {
            "id": "{{order}}", "status": "COMPLETED", "total": "13.99", "editTotal": "13.99", "orderType": "DINE_IN", "source": "central",
            "closedDate": "2026-03-27T10:47:43", "lastChanged": "2026-03-27T10:47:43",
            "users": [{ "userId": "{{customer}}", "roles": ["CUSTOMER", "CREATOR"] }],
            "buckets": [{ "venue": "v1", "lines": [{ "productId": "burger", "quantity": 5, "price": "12.97", "status": "NEW" }] }]
          }
        }
        """;

    private static string Sign(string body, string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body + secret)));

    private static async Task<(int Status, JsonElement Answer)> PostAsync(HttpClient platform, string body, string signature, string tenant = "demo")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/webhook/order/{tenant}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("x-signature", signature);
        using var answer = await platform.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }
}
