using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.ApiTests.Notifications;

/// <summary>A host that tries again soon, so that tests of failures do not wait for minutes.</summary>
public sealed class NotifyingHost : HostProcess
{
    public const string Secret = "whsec_bG95YWx0eS1hcGktdGVzdHMtc2VjcmV0LTAx";

    public NotifyingHost()
    {
        Quicken(this);
        OpenStore();
    }

    internal static void Quicken(HostProcess host)
    {
        host.Settings["Outbox__TimeOut"] = "00:00:02";
        host.Settings["Outbox__FirstRetry"] = "00:00:00.3";
        host.Settings["Outbox__LongestRetry"] = "00:00:01";
    }

    /// <summary>How many notifications of a campaign statistics have counted.</summary>
    internal static async Task<long> CountedAsync(MongoUrl database, string campaign)
    {
        using var client = new MongoClient(database);
        return await client.GetDatabase(database.DatabaseName).GetCollection<BsonDocument>("stats.facts").CountDocumentsAsync(
            new BsonDocument { ["campaign"] = campaign, ["kind"] = "NotificationSent" }, cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>Where the demo tenant's push notifications go.</summary>
    public async Task PushToAsync(string url)
    {
        using var manager = await AsManagerAsync();
        await manager.PutJsonAsync("auth-api/api/tenant/demo/loyalty", $$"""{ "quiet": null, "pushWebhookUrl": "{{url}}", "pushWebhookSecret": "{{Secret}}" }""");
    }
}

/// <summary>Campaigns that write to their members, and members who may be written to.</summary>
internal static class Notified
{
    /// <summary>A dynamic campaign for accounts whose property of its name is <c>yes</c>.</summary>
    public static string Campaign(string id, string state, string notifications) =>
        $$"""
        {
          "id": "{{id}}", "type": "STANDARD", "name": "Campaign of a test", "dynamic": true,
          "constraints": [{ "field": "properties.{{id}}", "op": "EQ", "value": ["yes"] }],
          "states": [{{state}}], "notifications": [{{notifications}}]
        }
        """;

    public const string Message = """{ "id": "hello", "type": "MESSAGE", "title": "Hello", "message": "Hello" }""";

    public const string Welcome = """{ "type": "DYNAMIC_JOIN", "title": "Hello {{firstName|friend}}", "message": "Welcome", "image": "https://x/y.png", "payload": { "screen": "home" } }""";

    public static string[] Member(string account, string campaign) =>
    [
        $$"""
        { "event": "PROFILE", "account": "{{account}}", "firstName": "Ann", "pushId": "push-of-{{account}}",
          "consents": { "scope": "ACCOUNT", "consents": { "push": "true" } } }
        """,
        Joining(account, campaign),
    ];

    public static string Joining(string account, string campaign) =>
        $$"""{ "event": "PROPERTIES", "account": "{{account}}", "properties": { "{{campaign}}": "yes" } }""";

    public static async Task PostAsync(HttpClient http, params IEnumerable<string> events)
    {
        foreach (var batch in events.Chunk(100))
            foreach (var outcome in (await http.PostJsonAsync("api/event", $"[{string.Join(',', batch)}]")).EnumerateArray())
                Assert.True(outcome.Text("status") == "APPLIED", outcome.GetRawText());
    }
}
