using System.Text.Json;
using Loyalty.Campaigns;
using Loyalty.Events.Contracts;
using Loyalty.Tests.Accounts;

namespace Loyalty.Tests.Campaigns;

public sealed class CreditNoticeTests
{
    private readonly PassSimulator simulator = new(Points.Campaign with
    {
        Definition = Points.Campaign.Definition with
        {
            Notifications = [new CreditExpirationNotificationDefinition { Title = "{{credit.amount}} points end", Message = "On {{credit.ends}}", Before = "P7D" }],
        },
    });

    [Fact]
    public void A_member_is_told_once_of_all_credit_that_ends_on_a_day()
    {
        simulator.Decide(new ProfileEvent
        {
            Account = "alice",
            PushId = "phone",
            Consents = new Consents { Scope = ConsentScope.Account, Values = new Dictionary<string, string> { ["push"] = "yes" } },
        });
        var alice = new Wallet(simulator);
        alice.Order("o1", 20);
        simulator.Wait(TimeSpan.FromHours(2));
        alice.Order("o2", 30);
        alice.Spend(5);

        var notice = Assert.Single(simulator.Notices);
        Assert.Equal(alice.Lots[0].Ends!.Value.AddDays(-7), notice.DueAt);
        simulator.Wait(notice.DueAt!.Value - simulator.Now);
        simulator.Decide(simulator.Entry(new SendNotice.Body(notice.Id), "alice"));

        var push = JsonDocument.Parse(Assert.Single(simulator.Outbox, item => item.Channel == PushChannel.ChannelName).Body).RootElement;
        Assert.Equal(("45 points end", $"On {alice.Lots[0].Ends:yyyy-MM-dd}"), (push.GetProperty("title").GetString(), push.GetProperty("message").GetString()));
        Assert.Equal(("CREDIT_EXPIRATION", 45m), (push.GetProperty("notification").GetString(), push.GetProperty("credit").GetProperty("amount").GetDecimal()));
    }

    [Fact]
    public void Nobody_is_told_of_credit_that_is_spent()
    {
        var alice = new Wallet(simulator);
        alice.Order("o1", 20);
        alice.Spend(20);
        var notice = Assert.Single(simulator.Notices);

        simulator.Wait(notice.DueAt!.Value - simulator.Now);
        simulator.Decide(simulator.Entry(new SendNotice.Body(notice.Id), "alice"));

        Assert.Equal(NoticeRule.Spent, Assert.Single(simulator.Notices).Why);
    }
}
