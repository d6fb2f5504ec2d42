using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Loyalty.ApiTests.Notifications;

/// <summary>Pushes on their way to a real receiver that takes them, fails, hangs, is busy, and disappears.</summary>
public sealed class DeliveryTests(NotifyingHost host) : IClassFixture<NotifyingHost>, IAsyncLifetime
{
    private Receiver receiver = null!;

    public async ValueTask InitializeAsync()
    {
        receiver = await Receiver.StartAsync();
        await host.PushToAsync(receiver.Url);
    }

    public async ValueTask DisposeAsync() => await receiver.DisposeAsync();

    [Fact]
    public async Task A_push_arrives_once_signed_and_counts_once()
    {
        var (campaign, member) = (Unique.Id("join"), Unique.Id("ann"));
        using var partner = await host.AsPartnerAsync();
        await Campaigns.RunAsync(partner, campaign, Notified.Campaign(campaign, Notified.Message, Notified.Welcome));

        await Notified.PostAsync(partner, Notified.Member(member, campaign));

        await Eventually.TrueAsync(() => Task.FromResult(receiver.Calls.Count > 0), "the push arrives");
        var call = receiver.Calls[0];
        var push = call.Json;
        Assert.Equal(
            ("notification", "demo", campaign, "DYNAMIC_JOIN", member, $"push-of-{member}"),
            (push.Text("type"), push.Text("tenant"), push.Text("campaign"), push.Text("notification"), push.Text("account"), push.Text("pushId")));
        Assert.Equal(("Hello Ann", "Welcome", "https://x/y.png", "home"), (push.Text("title"), push.Text("message"), push.Text("image"), push.GetProperty("payload").Text("screen")));
        Assert.Equal((push.Text("id"), push.Text("id"), "demo"), (call.Key, call.Headers["webhook-id"], call.Headers["x-tenant"]));
        AssertSigned(call);
        await Eventually.TrueAsync(async () => (await OutboxAsync("DELIVERED")).Any(item => item.Text("id") == call.Key), "it is listed as delivered");
        await Task.Delay(1500, TestContext.Current.CancellationToken);
        Assert.Single(receiver.Calls);
        Assert.Equal(1, await NotifyingHost.CountedAsync(host.Database, campaign));
        Assert.Equal("SENT", (await NoticesAsync("SENT")).Single(notice => notice.Text("campaign") == campaign).Text("status"));
    }

    [Fact]
    public async Task What_fails_is_tried_again_under_the_same_key_and_what_comes_later_for_the_account_waits()
    {
        var (first, second, member) = (Unique.Id("one"), Unique.Id("two"), Unique.Id("ann"));
        using var partner = await host.AsPartnerAsync();
        await Campaigns.RunAsync(partner, first, Notified.Campaign(first, Notified.Message, Notified.Welcome));
        await Campaigns.RunAsync(partner, second, Notified.Campaign(second, Notified.Message, Notified.Welcome));
        receiver.Answer = async (_, context) => receiver.Calls.Count switch
        {
            1 => 500,
            2 => await HangAsync(context),
            3 => Busy(context, 2),
            _ => 200,
        };

        await Notified.PostAsync(partner, Notified.Member(member, first));
        await Notified.PostAsync(partner, Notified.Joining(member, second));

        await Eventually.TrueAsync(() => Task.FromResult(receiver.Effects.Count == 2), "both arrive");
        Assert.Equal([first, first, first, first, second], receiver.Calls.Select(call => call.Json.Text("campaign")));
        Assert.Single(receiver.Calls.Take(4).Select(call => call.Key).Distinct());
        Assert.Single(receiver.Calls.Take(4).Select(call => call.Body).Distinct());
        Assert.True(receiver.Calls[3].At - receiver.Calls[2].At > TimeSpan.FromSeconds(1.8), "It came back before the receiver had asked for.");
        Assert.All(receiver.Calls, AssertSigned);
    }

    [Fact]
    public async Task A_receiver_that_disappears_and_a_host_that_dies_lose_nothing()
    {
        var campaign = Unique.Id("gone");
        string[] members = [.. Enumerable.Range(0, 20).Select(_ => Unique.Id("ann"))];
        using (var partner = await host.AsPartnerAsync())
        {
            await Campaigns.RunAsync(partner, campaign, Notified.Campaign(campaign, Notified.Message, Notified.Welcome));
            await receiver.DisappearAsync();
            await Notified.PostAsync(partner, members.SelectMany(member => Notified.Member(member, campaign)));
            await Eventually.TrueAsync(async () => Tried(await OutboxAsync("PENDING"), campaign) > 0, "it has been tried");
        }

        await host.RestartAsync();
        await receiver.AppearAsync();

        await Eventually.TrueAsync(() => Task.FromResult(receiver.Effects.Count >= members.Length), "all arrive");
        Assert.Equal(members.Order(), receiver.Effects.Select(call => call.Json.Text("account")).Order());
        await Eventually.TrueAsync(async () => !(await OutboxAsync("PENDING")).Any(item => item.Text("campaign") == campaign), "all are settled");
    }

    [Fact]
    public async Task What_the_receiver_refuses_is_listed_with_the_reason_and_can_be_sent_again()
    {
        var (campaign, member) = (Unique.Id("dead"), Unique.Id("ann"));
        using var partner = await host.AsPartnerAsync();
        using var manager = await host.AsManagerAsync();
        await Campaigns.RunAsync(partner, campaign, Notified.Campaign(campaign, Notified.Message, Notified.Welcome));
        receiver.Answer = (_, _) => Task.FromResult(422);
        await Notified.PostAsync(partner, Notified.Member(member, campaign));
        await Eventually.TrueAsync(async () => (await OutboxAsync("DEAD")).Any(item => item.Text("campaign") == campaign), "it is given up");
        var dead = (await OutboxAsync("DEAD")).Single(item => item.Text("campaign") == campaign);
        Assert.Equal((422, 1, member), (dead.GetProperty("lastStatus").GetInt32(), dead.GetProperty("attempts").GetInt32(), dead.Text("account")));
        Assert.Contains("refused it with a 422", dead.Text("why"), StringComparison.Ordinal);

        receiver.Answer = (_, _) => Task.FromResult(200);
        await manager.PostJsonAsync($"api/operations/outbox/{dead.Text("id")}/resend", "", 204);

        await Eventually.TrueAsync(() => Task.FromResult(receiver.Effects.Count == 1), "it arrives");
        Assert.Equal([dead.Text("id"), dead.Text("id")], receiver.Calls.Select(call => call.Key));
        await Eventually.TrueAsync(async () => (await OutboxAsync("DELIVERED")).Any(item => item.Text("id") == dead.Text("id")), "it is settled");
        Assert.Equal("not_dead", (await manager.PostJsonAsync($"api/operations/outbox/{dead.Text("id")}/resend", "", 409)).Text("code"));
    }

    [Fact]
    public async Task Operators_alone_may_look_and_resend_and_only_in_their_tenant()
    {
        using var partner = await host.AsPartnerAsync();
        using var manager = await host.AsManagerAsync();
        var unknown = new string('0', 32);
        await partner.GetJsonAsync("api/operations/outbox", 403);
        await partner.GetJsonAsync("api/operations/notices", 403);
        await partner.PostJsonAsync($"api/operations/outbox/{unknown}/resend", "", 403);
        await manager.GetJsonAsync("api/operations/outbox?status=nonsense", 400);
        await manager.GetJsonAsync("api/operations/notices?status=nonsense", 400);
        Assert.Equal("outbox_item_not_found", (await manager.PostJsonAsync($"api/operations/outbox/{unknown}/resend", "", 404)).Text("code"));
        await manager.PostJsonAsync("api/operations/outbox/nonsense/resend", "", 400);
        using var stranger = await host.AsAdministratorAsync();
        Assert.Empty((await stranger.GetJsonAsync("api/operations/outbox")).EnumerateArray());
    }

    [Fact]
    public async Task A_receiver_that_hangs_holds_up_nobody_elses()
    {
        var (tenant, client, campaign) = (Unique.Id("brand"), Unique.Id("partner"), Unique.Id("hang"));
        using var administrator = await host.AsAdministratorAsync();
        await administrator.PostJsonAsync("auth-api/api/tenant", $$"""{ "id": "{{tenant}}", "name": "Another brand" }""", status: 201);
        await administrator.PostJsonAsync(
            "auth-api/api/client",
            $$"""{ "id": "{{client}}", "secret": "a-secret-of-the-partner", "grants": ["CLIENT_CREDENTIALS"], "tenants": ["{{tenant}}"], "roles": ["ROLE_LOYALTY"] }""",
            status: 201);
        await using var quick = await Receiver.StartAsync();
        await administrator.PutJsonAsync($"auth-api/api/tenant/{tenant}/loyalty", $$"""{ "quiet": null, "pushWebhookUrl": "{{quick.Url}}", "pushWebhookSecret": "{{NotifyingHost.Secret}}" }""");
        using var partner = await host.AsPartnerAsync();
        using var other = await host.Tokens.ClientAsync(host.Tokens.OfPartnerAsync(client, "a-secret-of-the-partner"));
        foreach (var http in new[] { partner, other })
            await Campaigns.RunAsync(http, campaign, Notified.Campaign(campaign, Notified.Message, Notified.Welcome));
        receiver.Answer = (_, context) => HangAsync(context);
        await Notified.PostAsync(partner, Enumerable.Range(0, 100).SelectMany(number => Notified.Member($"ann-{number}", campaign)));
        await Eventually.TrueAsync(() => Task.FromResult(receiver.Calls.Count > 0), "the slow one has begun");

        await Notified.PostAsync(other, Enumerable.Range(0, 100).SelectMany(number => Notified.Member($"ann-{number}", campaign)));
        await Eventually.TrueAsync(() => Task.FromResult(quick.Effects.Count == 100), "the quick one has all");

        Assert.True(receiver.Calls.Count < 100, "The slow one has been through all of its own by then.");
        Assert.Empty(receiver.Effects);
        receiver.Answer = (_, _) => Task.FromResult(410);
        await Eventually.TrueAsync(async () => !(await OutboxAsync("PENDING")).Any(item => item.Text("campaign") == campaign), "the slow one is done with");
    }

    [Fact]
    public async Task Erasing_a_member_withdraws_what_is_still_to_be_sent()
    {
        var (campaign, member) = (Unique.Id("erase"), Unique.Id("ann"));
        using var partner = await host.AsPartnerAsync();
        await Campaigns.RunAsync(partner, campaign, Notified.Campaign(campaign, Notified.Message, Notified.Welcome));
        receiver.Answer = (_, context) => Task.FromResult(Busy(context, 3));
        await Notified.PostAsync(partner, Notified.Member(member, campaign));
        await Eventually.TrueAsync(() => Task.FromResult(Calls() > 0), "it is tried");

        await Notified.PostAsync(partner, $$"""{ "event": "DELETED", "account": "{{member}}" }""");

        var withdrawn = (await OutboxAsync("WITHDRAWN")).Single(item => item.Text("campaign") == campaign);
        Assert.DoesNotContain(member, withdrawn.GetRawText(), StringComparison.Ordinal);
        receiver.Answer = (_, _) => Task.FromResult(200);
        await Task.Delay(4000, TestContext.Current.CancellationToken);
        Assert.Equal(1, Calls());

        int Calls() => receiver.Calls.Count(call => call.Json.Text("campaign") == campaign);
    }

    private async Task<JsonElement[]> OutboxAsync(string status)
    {
        using var manager = await host.AsManagerAsync();
        return [.. (await manager.GetJsonAsync($"api/operations/outbox?status={status}")).EnumerateArray()];
    }

    private async Task<JsonElement[]> NoticesAsync(string status)
    {
        using var manager = await host.AsManagerAsync();
        return [.. (await manager.GetJsonAsync($"api/operations/notices?status={status}")).EnumerateArray()];
    }

    private static int Tried(JsonElement[] items, string campaign) =>
        items.Count(item => item.Text("campaign") == campaign && item.GetProperty("attempts").GetInt32() > 0);

    private static async Task<int> HangAsync(HttpContext context)
    {
        await Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        return 200 + 300;
    }

    private static int Busy(HttpContext context, int seconds)
    {
        context.Response.Headers.RetryAfter = $"{seconds}";
        return 429;
    }

    private static void AssertSigned(Received call)
    {
        var key = Convert.FromBase64String(NotifyingHost.Secret["whsec_".Length..]);
        var signed = Encoding.UTF8.GetBytes($"{call.Headers["webhook-id"]}.{call.Headers["webhook-timestamp"]}.{call.Body}");
        Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}", call.Headers["webhook-signature"]);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(call.Body + NotifyingHost.Secret))), call.Headers["x-signature"]);
        Assert.InRange(call.At.ToUnixTimeSeconds() - long.Parse(call.Headers["webhook-timestamp"], System.Globalization.CultureInfo.InvariantCulture), -1, 3);
    }
}
