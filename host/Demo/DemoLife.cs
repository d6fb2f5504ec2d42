using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Loyalty.Host;

/// <summary>Puts some life into the demo tenant the way anybody would: as a partner, over HTTP.</summary>
internal sealed class DemoLife(TimeProvider time)
{
    private const string Campaign = "welcome";

    public async Task BreatheAsync(Uri address, string clientSecret, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(http, clientSecret, cancellation));
        using var events = await http.PostAsync("api/event", Json(Events()), cancellation);
        events.EnsureSuccessStatusCode();
        await RunCampaignAsync(http, cancellation);
    }

    private static async Task<string> TokenAsync(HttpClient http, string clientSecret, CancellationToken cancellation)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = Demo.PartnerClient,
            ["client_secret"] = clientSecret,
        });
        using var answer = await http.PostAsync("connect/token", form, cancellation);
        answer.EnsureSuccessStatusCode();
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        return token.GetProperty("access_token").GetString()!;
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static async Task RunCampaignAsync(HttpClient http, CancellationToken cancellation)
    {
        var path = $"api/campaign/{Campaign}";
        using var found = await http.GetAsync(path, cancellation);
        if (found.StatusCode == HttpStatusCode.NotFound)
        {
            using var saved = await http.PutAsync(path, Json(CampaignJson), cancellation);
            saved.EnsureSuccessStatusCode();
        }
        var status = (await http.GetFromJsonAsync<JsonElement>(path, cancellation)).GetProperty("status").GetString();
        if (status != "DRAFT")
            return;
        using var started = await http.PostAsync($"{path}/initialize", null, cancellation);
        started.EnsureSuccessStatusCode();
    }

    /// <summary>Note: fixed event ids, so that telling it twice changes nothing.</summary>
    private string Events()
    {
        var lastWeek = time.GetUtcNow().AddDays(-7);
        return $"""
            [
              {Profile("anna", "Anna", "Kowalska", "1988-04-12", "FEMALE")},
              {Profile("bartek", "Bartek", "Zieliński", "1979-11-30", "MALE")},
              {Profile("chen", "Chen", "Li", "1995-02-28", "OTHER")},
              {Order("anna", "demo-anna-1", lastWeek, "42.50")},
              {Order("anna", "demo-anna-2", lastWeek.AddDays(2), "18.00")},
              {Order("bartek", "demo-bartek-1", lastWeek.AddDays(1), "63.90")}
            ]
            """;
    }

    private static string Profile(string account, string firstName, string lastName, string birthdate, string sex) =>
        $$"""
        { "eventId": "demo-{{account}}", "event": "PROFILE", "account": "{{account}}",
          "firstName": "{{firstName}}", "lastName": "{{lastName}}", "birthdate": "{{birthdate}}", "sex": "{{sex}}" }
        """;

    private static string Order(string account, string id, DateTimeOffset at, string total) =>
        $$"""
        { "eventId": "{{id}}", "event": "ORDER", "account": "{{account}}", "ts": "{{at:O}}",
          "order": { "id": "{{id}}", "status": "COMPLETED", "total": "{{total}}", "orderType": "DINE_IN", "source": "pos", "created": "{{at:O}}",
            "buckets": [{ "venue": "old-town", "lines": [{ "productId": "burger", "quantity": 1, "price": "{{total}}", "status": "NEW" }] }] } }
        """;

    private const string CampaignJson =
        """
        {
          "id": "welcome", "type": "STANDARD", "name": "A coffee for your first order", "dynamic": true,
          "constraints": [{ "field": "counters.orders", "op": "GTE", "value": ["1"] }],
          "states": [
            { "id": "coffee", "type": "COUPON", "prefix": "CAFE", "validFor": "P30D", "transitionTo": "regular",
              "data": { "categoryId": "drinks", "productId": "coffee" } },
            { "id": "regular", "type": "ORDER", "count": 2, "transitionTo": "thanks" },
            { "id": "thanks", "type": "MESSAGE", "title": "Thank you", "message": "See you again soon!" }
          ]
        }
        """;
}
