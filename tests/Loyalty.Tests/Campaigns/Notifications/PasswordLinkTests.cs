using System.Text.Json;
using Loyalty.Campaigns;
using Loyalty.Events.Contracts;

namespace Loyalty.Tests.Campaigns.Notifications;

/// <summary>A link for a forgotten password goes to the tenant's webhook.</summary>
public sealed class PasswordLinkTests
{
    private static readonly DateTimeOffset Until = PassSimulator.Start.AddMinutes(30);

    private readonly PassSimulator simulator = new();

    [Fact]
    public async Task The_link_goes_to_the_tenants_webhook_until_it_is_good_for_nothing()
    {
        Ask();

        var item = Assert.Single(simulator.Outbox);
        Assert.Equal((PasswordChannel.ChannelName, Until), (item.Channel, item.Until!.Value));
        Assert.Equal("https://here/new-password?token=1", JsonElement.Parse(item.Body).GetProperty("link").GetString());
        Assert.Equal("https://push.example.com", (await simulator.Channel(item.Channel).TargetOfAsync(item, TestContext.Current.CancellationToken))!.Url);
    }

    [Fact]
    public void An_erasure_takes_it_back()
    {
        simulator.Decide(new LoginEvent { Account = "alice" });
        Ask();
        simulator.Decide(new DeletedEvent { Account = "alice" });
        simulator.DecideFollowUps();

        Assert.DoesNotContain("token=1", simulator.Everything(), StringComparison.Ordinal);
    }

    private void Ask() => simulator.Decide(simulator.Entry(new SendPasswordLink.Body("alice@example.com", "https://here/new-password?token=1", Until), "alice"));
}
