using System.Text.Json;

namespace Loyalty.ApiTests.Events;

/// <summary>Every kind of event, and what the answer to a batch says.</summary>
public sealed class EventTests(SharedHost host)
{
    [Fact]
    public async Task Every_kind_of_event_has_its_effect_on_the_account()
    {
        var (id, friend, card) = (Unique.Id("all"), Unique.Id("friend"), Unique.Id("card"));
        using var partner = await host.AsPartnerAsync();
        var outcomes = await partner.PostJsonAsync("api/event", $$"""
            [
              { "event": "PROFILE", "account": "{{id}}", "firstName": "Ada", "lastName": "Lovelace", "birthdate": "1990-12-10", "sex": "FEMALE", "phone": "+48123" },
              { "event": "LOGIN", "account": "{{id}}", "pushId": "phone-1" },
              { "event": "CARD", "account": "{{id}}", "card": "{{card}}" },
              { "event": "PROPERTIES", "card": "{{card}}", "properties": { "colour": "red", "shoe.size": "38" }, "addTags": ["vip", "old"], "removeTags": ["old"] },
              { "event": "COUNTERS", "account": "{{id}}", "counters": { "visits": 2.5 } },
              { "event": "COUNTERS", "account": "{{id}}", "counters": { "visits": -1 } },
              { "event": "WALLET", "account": "{{id}}", "amount": "10.50" },
              { "event": "CONSENTS", "account": "{{id}}", "consents": { "scope": "ACCOUNT", "consents": { "contact": "yes" } } },
              { "event": "CONSENTS", "account": "{{id}}", "consents": { "scope": "TRANSACTION", "transaction": "t1", "consents": { "contact": "no" } } },
              { "type": "FRIEND", "id": "{{friend}}", "account": "{{id}}" },
              { "event": "ORDER", "account": "{{id}}", "order": { "id": "{{id}}", "status": "NEW", "total": 20, "buckets": [{ "venue": "v1" }] } }
            ]
            """);
        Assert.All(outcomes.EnumerateArray(), outcome => Assert.Equal("APPLIED", outcome.Text("status")));
        var account = await partner.GetJsonAsync($"api/account/card/{card}");
        Assert.Equal(id, account.Text("id"));
        Assert.Equal("Ada", account.GetProperty("header").Text("firstName"));
        Assert.Equal("1990-12-10", account.GetProperty("header").Text("birthdate"));
        Assert.Equal("phone-1", account.GetProperty("header").Text("pushId"));
        Assert.Equal(("red", "38"), (account.GetProperty("properties").Text("colour"), account.GetProperty("properties").Text("shoe.size")));
        Assert.Equal(["vip"], account.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal(1.5m, account.GetProperty("counters").GetProperty("visits").GetDecimal());
        Assert.Equal(10.50m, account.GetProperty("counters").GetProperty("wallet").GetDecimal());
        Assert.Equal("yes", account.GetProperty("consents").GetProperty("consents").Text("contact"));
        Assert.Equal("FRIEND", account.GetProperty("relations")[0].Text("type"));
        Assert.Equal(id, account.GetProperty("openedOrders")[0].Text("id"));
        Assert.False(account.GetProperty("counters").TryGetProperty("orders", out _));
        var mirror = await partner.GetJsonAsync($"api/account/{friend}");
        Assert.Equal((id, "FRIEND"), (mirror.GetProperty("relations")[0].Text("id"), mirror.GetProperty("relations")[0].Text("type")));
    }

    [Fact]
    public async Task An_invitation_by_code_relates_both_sides()
    {
        var (inviter, invited) = (Unique.Id("inviter"), Unique.Id("invited"));
        using var partner = await host.AsPartnerAsync();
        await partner.PostJsonAsync("api/event", $$"""[{ "event": "LOGIN", "account": "{{inviter}}" }]""");
        var code = (await partner.GetJsonAsync($"api/account/{inviter}")).Text("mgm");
        await AssertOutcomeAsync(partner, $$"""{ "event": "PROFILE", "account": "{{invited}}", "invitedBy": "{{code.ToLowerInvariant()}}" }""", "APPLIED");
        Assert.Equal("INVITED_BY", (await partner.GetJsonAsync($"api/account/{invited}")).GetProperty("relations")[0].Text("type"));
        Assert.Equal("INVITED", (await partner.GetJsonAsync($"api/account/{inviter}")).GetProperty("relations")[0].Text("type"));
    }

    [Theory]
    [InlineData("""{ "event": "PROFILE", "account": "ab" }""", "account")]
    [InlineData("""{ "event": "PROFILE" }""", "account")]
    [InlineData("""{ "event": "PROFILE", "account": "somebody", "birthdate": "soon" }""", "birthdate")]
    [InlineData("""{ "event": "PROFILE", "account": "somebody", "firstName": 5 }""", "firstName")]
    [InlineData("""{ "event": "PROFILE", "account": "somebody", "invitedBy": "NO-SUCH-CODE" }""", "invitedBy")]
    [InlineData("""{ "event": "DANCE", "account": "somebody" }""", "event")]
    [InlineData("""{ "account": "somebody" }""", "event")]
    [InlineData("5", "$")]
    [InlineData("""{ "event": "ORDER", "account": "somebody" }""", "order")]
    [InlineData("""{ "event": "ORDER", "account": "somebody", "order": { "id": "o", "status": "COMPLETED" } }""", "order.total")]
    [InlineData("""{ "event": "ORDER", "account": "somebody", "order": { "id": "o", "status": "COMPLETED", "total": "a lot" } }""", "order.total")]
    [InlineData("""{ "event": "ORDER", "order": { "id": "o", "status": "COMPLETED", "total": 1 } }""", "account")]
    [InlineData("""{ "event": "COUNTERS", "account": "somebody", "counters": { "orders": 1 } }""", "counters[0]")]
    [InlineData("""{ "event": "RELATION", "account": "somebody", "type": "FRIEND", "id": "somebody" }""", "id")]
    [InlineData("""{ "event": "RELATION", "account": "somebody", "type": "ENEMY", "id": "another" }""", "type")]
    [InlineData("""{ "event": "LOGIN", "account": "somebody", "ts": "2099-01-01T00:00:00Z" }""", "ts")]
    [InlineData("""{ "event": "LOGIN", "account": "somebody", "eventId": "~mine" }""", "eventId")]
    public async Task A_faulty_event_is_rejected_alone_and_by_the_name_of_the_field(string faulty, string field)
    {
        var neighbour = Unique.Id("neighbour");
        using var partner = await host.AsPartnerAsync();
        var outcomes = await partner.PostJsonAsync("api/event", $$"""[{{faulty}}, { "event": "LOGIN", "account": "{{neighbour}}" }]""");
        Assert.Equal(["REJECTED", "APPLIED"], outcomes.EnumerateArray().Select(outcome => outcome.Text("status")));
        Assert.Contains(field, outcomes[0].GetProperty("problem").GetProperty("errors").EnumerateObject().Select(error => error.Name));
        await partner.GetJsonAsync($"api/account/{neighbour}");
    }

    [Fact]
    public async Task A_rejected_event_may_be_sent_again_mended_under_the_same_id()
    {
        var (id, eventId) = (Unique.Id("mended"), Unique.Id("event"));
        using var partner = await host.AsPartnerAsync();
        await AssertOutcomeAsync(partner, $$"""{ "event": "PROFILE", "eventId": "{{eventId}}", "account": "{{id}}", "invitedBy": "WRONG" }""", "REJECTED");
        await partner.GetJsonAsync($"api/account/{id}", 404);
        await AssertOutcomeAsync(partner, $$"""{ "event": "PROFILE", "eventId": "{{eventId}}", "account": "{{id}}", "firstName": "Eve" }""", "APPLIED");
        await AssertOutcomeAsync(partner, $$"""{ "event": "PROFILE", "eventId": "{{eventId}}", "account": "{{id}}", "firstName": "Mallory" }""", "DUPLICATE");
        Assert.Equal("Eve", (await partner.GetJsonAsync($"api/account/{id}")).GetProperty("header").Text("firstName"));
    }

    [Fact]
    public async Task An_id_that_stands_twice_in_a_batch_is_applied_once()
    {
        var id = Unique.Id("twice");
        using var partner = await host.AsPartnerAsync();
        var once = $$"""{ "event": "COUNTERS", "eventId": "{{id}}", "account": "{{id}}", "counters": { "visits": 1 } }""";
        var outcomes = await partner.PostJsonAsync("api/event", $"[{once},{once}]");
        Assert.Equal(["APPLIED", "DUPLICATE"], outcomes.EnumerateArray().Select(outcome => outcome.Text("status")));
        Assert.Equal(1, (await partner.GetJsonAsync($"api/account/{id}")).GetProperty("counters").GetProperty("visits").GetInt32());
    }

    [Fact]
    public async Task An_event_that_many_callers_post_at_once_is_applied_for_one_and_a_duplicate_for_all_others()
    {
        var id = Unique.Id("at-once");
        using var partner = await host.AsPartnerAsync();
        for (var round = 0; round < 10; round++)
        {
            var batch = $"[{string.Join(',', Enumerable.Range(0, 5).Select(index =>
                $$$"""{ "event": "COUNTERS", "eventId": "{{{id}}}-{{{round}}}-{{{index}}}", "account": "{{{id}}}", "counters": { "visits": 1 } }"""))}]";
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => partner.PostJsonAsync("api/event", batch)));
            for (var index = 0; index < 5; index++)
                Assert.Equal(["APPLIED", .. Enumerable.Repeat("DUPLICATE", 7)], answers.Select(answer => answer[index].Text("status")).Order());
        }
        Assert.Equal(50, (await partner.GetJsonAsync($"api/account/{id}")).GetProperty("counters").GetProperty("visits").GetInt32());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 400)]
    [InlineData(6, 500)]
    public async Task What_is_posted_after_events_that_nobody_waited_for_is_applied_after_them(int batches, int events)
    {
        var id = Unique.Id("after");
        using var partner = await host.AsPartnerAsync();
        using var hurried = await host.AsPartnerAsync();
        hurried.DefaultRequestHeaders.Add("Prefer", "respond-async");
        for (var round = 0; round < 3; round++)
        {
            for (var batch = 0; batch < batches; batch++)
                await hurried.PostJsonAsync("api/event", $"[{string.Join(',', Enumerable.Repeat(Colour("grey"), events))}]", 202);
            await AssertOutcomeAsync(partner, Colour($"red-{round}"), "APPLIED");
            Assert.Equal($"red-{round}", (await partner.GetJsonAsync($"api/account/{id}")).GetProperty("properties").Text("colour"));
        }

        string Colour(string colour) => $$"""{ "event": "PROPERTIES", "account": "{{id}}", "properties": { "colour": "{{colour}}" } }""";
    }

    [Fact]
    public async Task A_repeated_idempotency_key_replays_the_first_answer_and_refuses_another_body()
    {
        var (id, key) = (Unique.Id("idem"), Unique.Id("key"));
        using var partner = await host.AsPartnerAsync();
        partner.DefaultRequestHeaders.Add("Idempotency-Key", key);
        var body = $$"""[{ "event": "COUNTERS", "account": "{{id}}", "counters": { "visits": 1 } }, { "event": "NONE" }]""";
        var first = await partner.PostJsonAsync("api/event", body);
        Assert.Equal(first.GetRawText(), (await partner.PostJsonAsync("api/event", body)).GetRawText());
        var refused = await partner.PostJsonAsync("api/event", body.Replace("1 }", "2 }", StringComparison.Ordinal), 422);
        Assert.Equal("idempotency_key_reused", refused.Text("code"));
        Assert.Equal(1, (await partner.GetJsonAsync($"api/account/{id}")).GetProperty("counters").GetProperty("visits").GetInt32());
    }

    [Fact]
    public async Task A_caller_who_does_not_wait_reads_the_outcomes_later()
    {
        var id = Unique.Id("later");
        using var partner = await host.AsPartnerAsync();
        partner.DefaultRequestHeaders.Add("Prefer", "respond-async");
        using var answer = await partner.SendJsonAsync(HttpMethod.Post, "api/event", $$"""[{ "event": "LOGIN", "account": "{{id}}" }, { "event": "NONE" }]""");
        var accepted = await answer.JsonAsync(202);
        Assert.Equal(["ACCEPTED", "REJECTED"], accepted.EnumerateArray().Select(outcome => outcome.Text("status")));
        var location = answer.Headers.Location!.ToString().TrimStart('/');
        await Eventually.TrueAsync(async () => (await partner.GetJsonAsync(location))[0].Text("status") == "APPLIED", "the event is applied");
        Assert.Equal("REJECTED", (await partner.GetJsonAsync(location))[1].Text("status"));
        await partner.GetJsonAsync("api/event/request/no-such-request", 404);
    }

    [Fact]
    public async Task A_card_of_another_account_is_refused()
    {
        var (one, other, card) = (Unique.Id("one"), Unique.Id("other"), Unique.Id("card"));
        using var partner = await host.AsPartnerAsync();
        await AssertOutcomeAsync(partner, $$"""{ "event": "CARD", "account": "{{one}}", "card": "{{card}}" }""", "APPLIED");
        var refused = await AssertOutcomeAsync(partner, $$"""{ "event": "CARD", "account": "{{other}}", "card": "{{card}}" }""", "REJECTED");
        Assert.Equal("card_of_another_account", refused.GetProperty("problem").Text("code"));
        Assert.Equal(one, (await partner.GetJsonAsync($"api/account/card/{card}")).Text("id"));
    }

    [Fact]
    public async Task An_order_for_an_unknown_card_makes_an_account_that_holds_it()
    {
        var card = Unique.Id("card");
        using var partner = await host.AsPartnerAsync();
        var made = await AssertOutcomeAsync(partner,
            $$$"""{ "event": "ORDER", "order": { "id": "{{{card}}}", "status": "CLOSED", "total": "7.35", "loyaltyId": "{{{card}}}" } }""", "APPLIED");
        var account = await partner.GetJsonAsync($"api/account/card/{card}");
        Assert.Equal(made.Text("account"), account.Text("id"));
        Assert.Equal(7.35m, account.GetProperty("counters").GetProperty("total").GetDecimal());
    }

    [Fact]
    public async Task A_cancelled_order_gives_back_its_counters_and_its_coupon()
    {
        var (id, campaign) = (Unique.Id("cancel"), Unique.Id("cancel"));
        using var partner = await host.AsPartnerAsync();
        await Campaigns.RunAsync(partner, campaign, Campaigns.CouponThenOrders(campaign, $"tags.{campaign}", "true"));
        await AssertOutcomeAsync(partner, $$"""{ "event": "PROPERTIES", "account": "{{id}}", "addTags": ["{{campaign}}"] }""", "APPLIED");
        var coupon = Campaigns.CouponOf(await partner.GetJsonAsync($"api/account/{id}"));
        var (paying, holding) = (Unique.Id("order"), Unique.Id("order"));
        await partner.PostJsonAsync("api/event", Orders.Batch(Orders.Event(holding, id, coupon, "NEW")));
        Assert.Equal("HELD", (await VerdictAsync(partner, coupon, id)).Text("reason"));
        await partner.PostJsonAsync("api/event", Orders.Batch(Orders.Event(holding, id, coupon, "ABANDONED")));
        Assert.True((await VerdictAsync(partner, coupon, id)).GetProperty("usable").GetBoolean());
        await partner.PostJsonAsync("api/event", Orders.Batch(Orders.Event(paying, id, coupon)));
        Assert.Equal("USED", (await VerdictAsync(partner, coupon, id)).Text("reason"));
        await partner.PostJsonAsync("api/event", Orders.Batch(Orders.Event(paying, id, null, "CANCELLED")));
        Assert.True((await VerdictAsync(partner, coupon, id)).GetProperty("usable").GetBoolean());
        var account = await partner.GetJsonAsync($"api/account/{id}");
        Assert.Equal((0, 0m), (account.GetProperty("counters").GetProperty("orders").GetInt32(), account.GetProperty("counters").GetProperty("total").GetDecimal()));
        Assert.Equal("more", Campaigns.StateIn(account, campaign));
    }

    [Fact]
    public async Task An_order_that_names_an_unusable_coupon_still_counts_and_says_why()
    {
        var id = Unique.Id("unusable");
        using var partner = await host.AsPartnerAsync();
        var outcome = (await partner.PostJsonAsync("api/event", Orders.Batch(Orders.Event(id, id, "NO-SUCH-COUPON"))))[0];
        Assert.Equal("APPLIED", outcome.Text("status"));
        Assert.Equal(("NO-SUCH-COUPON", "NOT_FOUND"), (outcome.GetProperty("unusableCoupons")[0].Text("coupon"), outcome.GetProperty("unusableCoupons")[0].Text("reason")));
        Assert.Equal(1, (await partner.GetJsonAsync($"api/account/{id}")).GetProperty("counters").GetProperty("orders").GetInt32());
    }

    [Fact]
    public async Task Only_operators_see_parked_events()
    {
        using var partner = await host.AsPartnerAsync();
        await partner.GetJsonAsync("api/operations/parked", 403);
        using var manager = await host.AsManagerAsync();
        Assert.Equal(JsonValueKind.Array, (await manager.GetJsonAsync("api/operations/parked")).ValueKind);
        await manager.PostJsonAsync("api/operations/parked/no-such-event/retry", "", 404);
    }

    private static Task<JsonElement> VerdictAsync(HttpClient partner, string coupon, string account) =>
        partner.GetJsonAsync($"api/account/coupon/verify?coupon={coupon}&account={account}");

    private static async Task<JsonElement> AssertOutcomeAsync(HttpClient partner, string json, string status)
    {
        var outcome = (await partner.PostJsonAsync("api/event", $"[{json}]"))[0];
        Assert.True(outcome.Text("status") == status, outcome.GetRawText());
        return outcome;
    }
}
