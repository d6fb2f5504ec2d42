using System.Xml;
using MongoDB.Driver;

namespace Loyalty.ApiTests.Notifications;

/// <summary>Two hosts on one database deliver a thousand pushes; one is killed half-way.</summary>
public sealed class TwoHostsDeliverTests : IAsyncLifetime
{
    private const int Members = 1000;

    private SharedDatabase database = null!;
    private HostProcess first = null!;
    private HostProcess second = null!;
    private Receiver receiver = null!;

    public async ValueTask InitializeAsync()
    {
        database = await SharedDatabase.OpenAsync();
        receiver = await Receiver.StartAsync();
        (first, second) = (new HostProcess(database.ConnectionString), new HostProcess(database.ConnectionString));
        foreach (var host in new[] { first, second })
        {
            NotifyingHost.Quicken(host);
            await host.StartAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await first.DisposeAsync();
        await second.DisposeAsync();
        await receiver.DisposeAsync();
        await database.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_lost_and_each_takes_effect_once(bool killsTheDecider)
    {
        var campaign = Unique.Id("thousand");
        var expiry = TimeProvider.System.GetUtcNow().AddDays(2);
        receiver.Answer = async (_, _) =>
        {
            await Task.Delay(20);
            return 200;
        };
        using (var manager = await first.AsManagerAsync())
            await manager.PutJsonAsync("auth-api/api/tenant/demo/loyalty", $$"""{ "quiet": null, "pushWebhookUrl": "{{receiver.Url}}", "pushWebhookSecret": "{{NotifyingHost.Secret}}" }""");
        using (var partner = await first.AsPartnerAsync())
        {
            var gift = $$"""{ "id": "gift", "type": "COUPON", "validTo": "{{expiry:O}}" }""";
            await Campaigns.RunAsync(partner, campaign, Notified.Campaign(campaign, gift, ""));
            await Notified.PostAsync(partner, Enumerable.Range(0, Members).SelectMany(number => Notified.Member($"ann-{number}", campaign)));
            var before = XmlConvert.ToString(expiry - TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(3));
            await partner.PutJsonAsync($"api/campaign/{campaign}", Notified.Campaign(
                campaign, gift, $$$"""{ "type": "COUPON_EXPIRATION", "title": "{{coupon.code}}", "message": "m", "before": "{{{before}}}" }"""));
        }
        await Eventually.TrueAsync(() => Task.FromResult(receiver.Calls.Count > 300), "a third is delivered");

        await (killsTheDecider ? first : second).KillAsync();

        await Eventually.TrueAsync(() => Task.FromResult(receiver.Effects.Count >= Members), "all are delivered");
        var left = killsTheDecider ? second : first;
        using var operators = await left.AsManagerAsync();
        await Eventually.TrueAsync(
            async () => (await operators.GetJsonAsync("api/operations/outbox?status=DELIVERED")).GetArrayLength() == Members, "all are settled");
        await Eventually.TrueAsync(
            async () => await NotifyingHost.CountedAsync(MongoUrl.Create(database.ConnectionString), campaign) == Members, "all are counted");
        Assert.Equal(Members, receiver.Effects.Count);
        Assert.Equal(Members, receiver.Effects.Select(call => call.Json.Text("account")).Distinct().Count());
        // Note: what the killed host had under way is sent again under the same key, and nothing else is.
        Assert.InRange(receiver.Calls.Count, Members, Members + 8);
        Assert.Empty((await operators.GetJsonAsync("api/operations/outbox?status=PENDING")).EnumerateArray());
    }
}
