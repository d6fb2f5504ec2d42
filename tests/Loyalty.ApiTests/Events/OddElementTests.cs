namespace Loyalty.ApiTests.Events;

/// <summary>Whatever is wrong inside one event rejects that event alone, by the name of the field.</summary>
public sealed class OddElementTests(SharedHost host)
{
    private const string Missing = "missing required properties including: 'a', 'a'";

    [Theory]
    [InlineData("""{ "event": "\ud83d", "account": "odd" }""", "event")]
    [InlineData("""{ "event": "PROFILE", "account": "odd", "eventId": "x\ud83d" }""", "eventId")]
    [InlineData("""{ "event": "PROFILE", "account": "odd", "firstName": "\ud83d" }""", "firstName")]
    [InlineData("""{ "event": "PROFILE", "account": "odd", "firstName": "a\u0000" }""", "firstName")]
    [InlineData("""{ "event": "PROFILE", "account": "odd", "\ud83d": 1 }""", @"['\ud83d']")]
    [InlineData("""{ "event": "PROFILE", "account": "odd", "unknown": [{ "deep": "\udfff" }] }""", "unknown[0].deep")]
    [InlineData("""{ "event": "PROPERTIES", "account": "odd", "properties": { "\ud83d": "x" } }""", @"properties['\ud83d']")]
    [InlineData("""{ "event": "CONSENTS", "account": "odd", "consents": { "scope": "ACCOUNT", "consents": { "a": null } } }""", "consents.consents.a")]
    [InlineData("""{ "event": "CONSENTS", "account": "odd", "consents": { "scope": "ACCOUNT", "consents": null } }""", "consents.consents")]
    [InlineData("""{ "event": "PROPERTIES", "account": "odd", "addTags": [null] }""", "addTags[0]")]
    [InlineData("""{ "event": "COUNTERS", "account": "odd", "counters": { "a": null } }""", "counters.a")]
    [InlineData("""{ "event": "COUNTERS", "account": "odd", "counters": { "a": 1e400 } }""", "counters.a")]
    [InlineData("""{ "event": "WALLET", "account": "odd", "amount": 79228162514264337593543950336 }""", "amount")]
    [InlineData("""{ "event": "WALLET", "account": "odd", "amount": "1e5" }""", "amount")]
    [InlineData("""{ "event": "RELATION", "account": "odd", "type": null, "id": "other" }""", "type")]
    [InlineData("""{ "event": "LOGIN", "account": "odd", "ts": "0001-01-01T00:00:00" }""", "ts")]
    [InlineData("""{ "event": "LOGIN", "account": "odd", "ts": "0001-01-01T00:00:00+14:00" }""", "ts")]
    [InlineData("""{ "event": "LOGIN", "account": "odd", "ts": "9999-12-31T23:59:59-14:00" }""", "ts")]
    [InlineData("""{ "event": "PROFILE", "account": "odd", "birthdate": "2026-02-30" }""", "birthdate")]
    [InlineData("{ \"event\": \"PROFILE\", \"account\": 5, \"" + Missing + "\": {} }", "account")]
    [InlineData("{ \"event\": \"ORDER\", \"order\": { \"id\": 5, \"status\": \"NEW\", \"total\": 1, \"" + Missing + "\": 1 } }", "order.id")]
    [InlineData("null", "$")]
    [InlineData("5", "$")]
    [InlineData("\"\\ud83d\"", "$")]
    [InlineData("[[null]]", "$")]
    public Task An_event_that_is_odd_is_rejected_alone(string odd, string field) => IsRejectedAsync(odd, field);

    [Theory]
    [InlineData("""{ "users": [null] }""", "order.users[0]")]
    [InlineData("""{ "users": [{ "userId": null }] }""", "order.users[0].userId")]
    [InlineData("""{ "users": [{ "userId": "abc", "roles": [null] }] }""", "order.users[0].roles[0]")]
    [InlineData("""{ "coupons": [null] }""", "order.coupons[0]")]
    [InlineData("""{ "coupons": [{ "coupon": "ABC" }, { "coupon": null }] }""", "order.coupons[1].coupon")]
    [InlineData("""{ "buckets": [null] }""", "order.buckets[0]")]
    [InlineData("""{ "buckets": [{ "lines": [{}, null] }] }""", "order.buckets[0].lines[1]")]
    [InlineData("""{ "buckets": [{ "lines": [{ "quantity": 1e28 }] }] }""", "order.buckets[0].lines[0].quantity")]
    [InlineData("""{ "buckets": [{ "lines": [{ "price": "1e28" }] }] }""", "order.buckets[0].lines[0].price")]
    [InlineData("""{ "created": 5 }""", "order.created")]
    [InlineData("""{ "total": null }""", "order.total")]
    [InlineData("""{ "status": "\ud83d" }""", "order.status")]
    public Task An_order_that_is_odd_is_rejected_alone(string wrong, string field) => IsRejectedAsync(OrderEvent(wrong), field);

    [Theory]
    [InlineData("""{ "users": [{ "userId": "abc", "email": "?" }] }""", 321, "order.users[0].email")]
    [InlineData("""{ "users": [{ "userId": "abc", "phone": "?" }] }""", 65, "order.users[0].phone")]
    [InlineData("""{ "users": [{ "userId": "abc", "roles": ["?"] }] }""", 65, "order.users[0].roles[0]")]
    [InlineData("""{ "users": [{ "userId": "?" }] }""", 65, "order.users[0].userId")]
    [InlineData("""{ "id": "?" }""", 129, "order.id")]
    [InlineData("""{ "status": "?" }""", 65, "order.status")]
    [InlineData("""{ "orderType": "?" }""", 65, "order.orderType")]
    [InlineData("""{ "source": "?" }""", 65, "order.source")]
    [InlineData("""{ "loyaltyId": "?" }""", 65, "order.loyaltyId")]
    [InlineData("""{ "coupons": [{ "coupon": "?" }] }""", 65, "order.coupons[0].coupon")]
    [InlineData("""{ "buckets": [{ "venue": "?" }] }""", 65, "order.buckets[0].venue")]
    [InlineData("""{ "buckets": [{ "lines": [{ "productId": "?" }] }] }""", 129, "order.buckets[0].lines[0].productId")]
    [InlineData("""{ "buckets": [{ "lines": [{ "status": "?" }] }] }""", 65, "order.buckets[0].lines[0].status")]
    public async Task Every_text_of_an_order_has_a_bound(string wrong, int tooLong, string field)
    {
        await IsRejectedAsync(OrderEvent(wrong.Replace("?", new string('A', tooLong), StringComparison.Ordinal)), field);
        await IsRejectedAsync(OrderEvent(wrong.Replace("?", new string('+', 3_000_000), StringComparison.Ordinal)), field);
    }

    [Theory]
    [InlineData("users", """{ "userId": "abc" }""", 33)]
    [InlineData("coupons", """{ "coupon": "ABC" }""", 17)]
    [InlineData("buckets", "{}", 65)]
    [InlineData("buckets", """{ "lines": [{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}] }""", 60)]
    public Task Every_list_of_an_order_has_a_bound(string list, string item, int tooMany) =>
        IsRejectedAsync(OrderEvent($$"""{ "{{list}}": [{{string.Join(',', Enumerable.Repeat(item, tooMany))}}] }"""), $"order.{list}");

    [Theory]
    [InlineData(100), InlineData(100_000)]
    public async Task However_deeply_an_event_is_nested_it_is_rejected_alone(int depth) =>
        await IsRejectedAsync($$"""{ "event": "PROFILE", "account": "odd", "a": {{new string('[', depth)}}{{new string(']', depth)}} }""", null);

    [Fact]
    public async Task A_problem_never_grows_with_what_was_sent()
    {
        using var partner = await host.AsPartnerAsync();
        partner.DefaultRequestHeaders.Add("Idempotency-Key", Unique.Id("grown"));
        var name = new string('x', 3_000_000);
        var body = Orders.Batch(
            $$"""{ "event": "PROFILE", "account": "odd", "{{name}}": 1, "firstName": 5 }""",
            $$"""{ "event": "PROFILE", "{{name}}\ud83d": 1 }""",
            $$"""{ "event": "LOGIN", "account": "{{name}}", "eventId": "{{name}}" }""");

        var outcomes = await partner.PostJsonAsync("api/event", body);
        var repeated = await partner.PostJsonAsync("api/event", body);

        Assert.All(outcomes.EnumerateArray(), outcome => Assert.Equal("REJECTED", outcome.Text("status")));
        Assert.InRange(outcomes.GetRawText().Length, 100, 3_000);
        Assert.Equal(outcomes.GetRawText(), repeated.GetRawText());
    }

    [Fact]
    public async Task Null_means_absent_wherever_a_field_is_optional()
    {
        var (one, other) = (Unique.Id("one"), Unique.Id("other"));
        using var partner = await host.AsPartnerAsync();

        var outcomes = await partner.PostJsonAsync("api/event", Orders.Batch(
            $$"""
            { "event": "RELATION", "account": "{{one}}", "type": "FRIEND", "id": "{{other}}", "doNotProcessSymmetry": null,
              "card": null, "ts": null, "eventId": null, "consents": null }
            """,
            $$"""{ "event": "PROPERTIES", "account": "{{one}}", "properties": null, "addTags": null, "removeTags": null }""",
            $$"""
            { "event": "ORDER", "account": "{{one}}", "order": { "id": "{{one}}", "status": "NEW", "total": 1, "users": null,
              "coupons": null, "buckets": [{ "venue": null, "lines": null }], "created": null, "editTotal": null } }
            """));

        Assert.All(outcomes.EnumerateArray(), outcome => Assert.Equal("APPLIED", outcome.Text("status")));
    }

    private static string OrderEvent(string wrong) => $$"""{ "event": "ORDER", "account": "odd", "order": {{Orders.Spoilt(wrong)}} }""";

    /// <summary>Sends it between two good ones.</summary>
    private async Task IsRejectedAsync(string odd, string? field)
    {
        var (before, behind) = (Unique.Id("before"), Unique.Id("behind"));
        using var partner = await host.AsPartnerAsync();

        var outcomes = await partner.PostJsonAsync("api/event", Orders.Batch(
            $$"""{ "event": "PROFILE", "account": "{{before}}" }""", odd, $$"""{ "event": "PROFILE", "account": "{{behind}}" }"""));

        Assert.Equal(["APPLIED", "REJECTED", "APPLIED"], outcomes.EnumerateArray().Select(outcome => outcome.Text("status")));
        var problem = outcomes[1].GetProperty("problem");
        Assert.Equal("validation", problem.Text("code"));
        Assert.InRange(problem.Text("detail").Length, 1, 500);
        if (field is not null)
            Assert.Equal([field], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        await partner.GetJsonAsync($"api/account/{before}");
        await partner.GetJsonAsync($"api/account/{behind}");
    }
}
