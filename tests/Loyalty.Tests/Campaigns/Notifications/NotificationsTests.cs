using System.Text.Json;
using Loyalty.Campaigns;
using Loyalty.Campaigns.Contracts;
using Loyalty.Events.Contracts;
using Loyalty.Outbox;
using Loyalty.Time;
using Loyalty.Web;

namespace Loyalty.Tests.Campaigns;

/// <summary>What is sent, to whom and when, as time passes: with a clock that is moved, not waited for.</summary>
public sealed class NotificationsTests
{
    private static readonly CouponStateDefinition Gift = new() { Id = "gift", ValidFor = "P14D" };
    private static readonly MessageStateDefinition Thanks = new() { Id = "thanks", Title = "Thanks", Message = "Thanks" };

    private static readonly CouponExpirationNotificationDefinition Expiring = new()
    {
        Title = "Hurry, {{firstName|friend}}",
        Message = "{{coupon.code}} ends on {{coupon.validTo}}",
        Image = "https://x/y.png",
        Payload = new Dictionary<string, string> { ["screen"] = "coupons" },
    };

    private static readonly DynamicJoinNotificationDefinition Welcome = new() { Title = "Hello", Message = "You are in {{campaign.name}}" };

    [Fact]
    public void A_coupon_that_is_about_to_expire_is_told_once_of()
    {
        var simulator = Simulator(Gift, Expiring);
        var coupon = Join(simulator);

        PassTime(simulator, TimeSpan.FromDays(12.9));
        Assert.Empty(Pushes(simulator));
        PassTime(simulator, TimeSpan.FromDays(0.2));
        PassTime(simulator, TimeSpan.FromDays(0.2));

        var push = Assert.Single(Pushes(simulator));
        Assert.Equal(("Hurry, Alice", $"{coupon.Code} ends on 2026-03-15"), (push.Title, push.Message));
        Assert.Equal(("alice", "p-1", "https://x/y.png", "coupons"), (push.Account, push.PushId, push.Image, push.Payload!["screen"]));
        Assert.Equal((coupon.Code, coupon.ValidTo), (push.Coupon!.Coupon, push.Coupon.ValidTo));
        Assert.Equal((NoticeStatus.Sent, 1), (Assert.Single(simulator.Notices).Status, Assert.Single(simulator.Notices).Recipients));
        Assert.Equal(coupon.ValidTo - TimeSpan.FromDays(1) + TimeSpan.FromHours(1), Assert.Single(simulator.Outbox).Until);
    }

    [Fact]
    public void The_same_due_entry_decided_twice_in_one_pass_or_in_two_sends_once()
    {
        var simulator = Simulator(Gift, Expiring);
        Join(simulator);
        simulator.Ahead = TimeSpan.FromDays(13.01);
        var id = Assert.Single(simulator.Notices).Id;

        simulator.Decide([Due(simulator, id), Due(simulator, id)]);
        simulator.Decide(Due(simulator, id));

        Assert.Single(Pushes(simulator));
    }

    [Fact]
    public void A_coupon_that_is_used_by_then_is_not_told_of()
    {
        var simulator = Simulator(Gift, Expiring);
        var coupon = Join(simulator);
        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o2") with { Coupons = [new OrderCoupon { Coupon = coupon.Code }] } });

        PassTime(simulator, TimeSpan.FromDays(13.01));

        AssertEnded(simulator, NoticeStatus.Dropped, "The coupon is used, expired or void.");
    }

    [Fact]
    public void Several_notifications_of_one_coupon_are_sent_each_at_its_time()
    {
        var simulator = Simulator(Gift, Expiring with { Before = "P3D" }, Expiring, Expiring with { Title = "Again" });
        Join(simulator);

        PassTime(simulator, TimeSpan.FromDays(11.01));
        Assert.Single(Pushes(simulator));
        PassTime(simulator, TimeSpan.FromDays(2));

        Assert.Equal(3, Pushes(simulator).Count);
    }

    [Fact]
    public void A_coupon_that_is_not_valid_for_so_long_has_no_such_notification()
    {
        var simulator = Simulator(Gift with { ValidFor = "PT12H" }, Expiring);
        Join(simulator);

        Assert.Empty(simulator.Notices);
    }

    [Theory]
    [InlineData("pushId", "The account has no pushId.")]
    [InlineData("consent", "The account has not given the consent push.")]
    [InlineData("webhook", "The tenant has no push webhook.")]
    [InlineData("erased", "The account was erased.")]
    [InlineData("over", "The campaign is over.")]
    [InlineData("ended", "The campaign is over.")]
    [InlineData("removed", "The campaign does not have this notification any more.")]
    public void Nothing_is_sent_where_it_may_not_be(string missing, string why)
    {
        var simulator = Simulator(Gift, Expiring);
        Join(simulator, pushId: missing == "pushId" ? null : "p-1", consent: missing == "consent" ? "no" : "yes");
        simulator.Settings = missing == "webhook" ? simulator.Settings with { PushWebhookUrl = null } : simulator.Settings;
        if (missing == "erased")
            simulator.Decide(new DeletedEvent { Account = "alice" });
        if (missing is "over")
            simulator.Store(Assert.Single(simulator.Campaigns) with { Status = CampaignStatus.Finalized });
        if (missing is "ended")
            simulator.Store(Assert.Single(simulator.Campaigns) with { Definition = Assert.Single(simulator.Campaigns).Definition with { ActiveTo = PassSimulator.Start.AddDays(5) } });
        if (missing is "removed")
            simulator.Store(Assert.Single(simulator.Campaigns) with { Definition = Assert.Single(simulator.Campaigns).Definition with { Notifications = [] } });

        PassTime(simulator, TimeSpan.FromDays(13.01));

        AssertEnded(simulator, NoticeStatus.Dropped, why);
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(61, false)]
    public void What_is_more_than_the_limit_late_is_missed_and_not_sent(int minutesLate, bool isSent)
    {
        var simulator = Simulator(Gift, Expiring);
        Join(simulator);
        simulator.Ahead = Assert.Single(simulator.Notices).DueAt!.Value - PassSimulator.Start + TimeSpan.FromMinutes(minutesLate) - TimeSpan.FromSeconds(10);

        PassTime(simulator, TimeSpan.Zero);

        Assert.Equal(isSent ? NoticeStatus.Sent : NoticeStatus.Missed, Assert.Single(simulator.Notices).Status);
        Assert.Equal(isSent ? 1 : 0, Pushes(simulator).Count);
    }

    [Fact]
    public void The_limit_is_the_tenant_s()
    {
        var simulator = Simulator(Gift, Expiring);
        simulator.Settings = simulator.Settings with { NotificationLateness = TimeSpan.FromDays(1) };
        Join(simulator);

        simulator.Ahead = TimeSpan.FromDays(13.9);
        PassTime(simulator, TimeSpan.Zero);

        Assert.Single(Pushes(simulator));
    }

    [Fact]
    public void Who_joins_a_dynamic_campaign_is_welcomed_once_at_the_hour()
    {
        var simulator = Simulator(Thanks, Welcome with { DayPart = DayPart.Evening });
        Join(simulator);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 17, 0, 0, TimeSpan.Zero), Assert.Single(simulator.Notices).DueAt);

        PassTime(simulator, TimeSpan.FromHours(4.9));
        Assert.Empty(Pushes(simulator));
        PassTime(simulator, TimeSpan.FromHours(0.2));
        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o2") });
        PassTime(simulator, TimeSpan.FromDays(2));

        Assert.Equal("You are in Spring", Assert.Single(Pushes(simulator)).Message);
    }

    [Fact]
    public void Whom_a_campaign_enrols_when_it_is_initialized_is_not_welcomed()
    {
        var definition = Given.Definition(Thanks) with { Notifications = [Welcome] };
        var simulator = new PassSimulator(Given.Campaign(definition, CampaignStatus.Draft));
        Join(simulator);
        simulator.Decide(simulator.Entry(new InitializeCampaign.Body("spring", "eve")));
        simulator.DecideFollowUps();

        Assert.Single(simulator.Memberships);
        Assert.Empty(simulator.Notices);
    }

    [Fact]
    public void All_who_are_in_the_campaign_then_get_what_is_sent_at_a_time_and_who_comes_later_does_not()
    {
        var at = PassSimulator.Start.AddDays(2);
        var definition = Given.Definition(Thanks) with { Notifications = [new SpecificTimeNotificationDefinition { Title = "Today", Message = "Now", At = at }] };
        var simulator = new PassSimulator(Given.Campaign(definition, CampaignStatus.Draft));
        simulator.Decide(simulator.Entry(new InitializeCampaign.Body("spring", "eve")));
        simulator.DecideFollowUps();
        for (var batch = 0; batch < 3; batch++)
            simulator.Decide(Enumerable.Range(1000 + 400 * batch, 400).SelectMany(number => Joining(simulator, $"a{number}", "p", number % 4 == 0 ? "no" : "yes")));
        simulator.Decide(simulator.Entry(new ReportMessage.Body("spring"), "a1001"));

        PassTime(simulator, TimeSpan.FromDays(2));
        Join(simulator, "late");
        PassTime(simulator, TimeSpan.FromDays(1));

        Assert.Equal(899, Pushes(simulator).Count);
        Assert.Equal(899, Pushes(simulator).Select(push => push.Account).Distinct().Count());
        Assert.DoesNotContain(Pushes(simulator), push => push.Account is "a1000" or "a1001" or "late");
        Assert.Equal((NoticeStatus.Sent, 899), (Assert.Single(simulator.Notices).Status, Assert.Single(simulator.Notices).Recipients));
    }

    [Fact]
    public void Ending_the_campaign_half_way_through_its_members_stops_the_sending()
    {
        var at = PassSimulator.Start.AddDays(2);
        var simulator = Simulator(Thanks, new SpecificTimeNotificationDefinition { Title = "Today", Message = "Now", At = at });
        Save(simulator, Assert.Single(simulator.Campaigns).Definition);
        for (var batch = 0; batch < 2; batch++)
            simulator.Decide(Enumerable.Range(1000 + 400 * batch, 400).SelectMany(number => Joining(simulator, $"a{number}", "p", "yes")));
        simulator.Ahead = TimeSpan.FromDays(2);
        PassTime(simulator, TimeSpan.Zero, followUps: false);
        simulator.Decide(simulator.TakeFollowUps());
        var sent = Pushes(simulator).Count;

        simulator.Store(Assert.Single(simulator.Campaigns) with { Status = CampaignStatus.Finalized });
        simulator.DecideFollowUps();

        Assert.InRange(sent, 1, 799);
        Assert.Equal(sent, Pushes(simulator).Count);
    }

    [Fact]
    public void Another_hour_moves_what_is_open_and_another_text_sends_nothing_again()
    {
        var simulator = Simulator(Gift, Expiring);
        Join(simulator);

        Save(simulator, Definition(Gift, Expiring with { DayPart = DayPart.Morning }));
        Assert.Equal(new DateTimeOffset(2026, 3, 14, 8, 0, 0, TimeSpan.Zero), Assert.Single(simulator.Notices).DueAt);
        PassTime(simulator, TimeSpan.FromDays(13));
        Save(simulator, Definition(Gift, Expiring with { Title = "Another text", DayPart = DayPart.Evening }));
        PassTime(simulator, TimeSpan.FromDays(0.5));

        Assert.Single(Pushes(simulator));
    }

    [Fact]
    public void A_notification_that_is_removed_is_dropped_and_comes_back_when_it_is_added_again()
    {
        var simulator = Simulator(Gift, Expiring);
        Join(simulator);

        Save(simulator, Definition(Gift));
        AssertEnded(simulator, NoticeStatus.Dropped, NoticeRule.Removed);
        Save(simulator, Definition(Gift, Expiring with { Title = "Back" }));
        PassTime(simulator, TimeSpan.FromDays(13.01));

        Assert.Equal("Back", Assert.Single(Pushes(simulator)).Title);
    }

    [Fact]
    public void A_notification_that_is_added_later_also_counts_for_coupons_that_were_given_before()
    {
        var simulator = Simulator(Gift);
        for (var batch = 0; batch < 2; batch++)
            simulator.Decide(Enumerable.Range(1000 + 300 * batch, 300).SelectMany(number => Joining(simulator, $"a{number}", "p", "yes")));

        Save(simulator, Definition(Gift, Expiring));
        PassTime(simulator, TimeSpan.FromDays(13.02));

        Assert.Equal(600, Pushes(simulator).Select(push => push.Account).Distinct().Count());
        Assert.Equal(600, Pushes(simulator).Count);
    }

    [Fact]
    public void Ending_a_campaign_drops_what_is_open()
    {
        var simulator = Simulator(Gift, Expiring);
        Join(simulator);
        simulator.Decide(simulator.Entry(new FinalizeCampaign.Body("spring")));
        simulator.DecideFollowUps();

        AssertEnded(simulator, NoticeStatus.Dropped, NoticeRule.Over);
    }

    [Theory]
    [InlineData("America/New_York", "2026-03-13T13:00:00Z")]
    [InlineData("Pacific/Auckland", "2026-03-13T20:00:00Z")]
    [InlineData("UTC", "2026-03-14T09:00:00Z")]
    public void When_the_tenant_moves_to_another_zone_what_is_scheduled_by_the_hour_moves_along(string zone, string expected)
    {
        var simulator = Simulator(Gift, Expiring with { DayPart = DayPart.Morning });
        Join(simulator);

        simulator.Zone = Zone.Of(zone);
        simulator.Decide(simulator.Entry(new ReviewTenantNotices.Body()));
        simulator.DecideFollowUps();

        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Assert.Single(simulator.Notices).DueAt);
        PassTime(simulator, TimeSpan.FromDays(14));
    }

    [Theory]
    [InlineData("Pacific/Auckland", "2026-03-01T20:00:00Z")]
    [InlineData("Europe/Warsaw", "2026-03-02T08:00:00Z")]
    [InlineData("Pacific/Honolulu", "2026-03-01T19:00:00Z")]
    public void When_the_hour_has_passed_in_the_new_zone_already_the_next_one_counts(string zone, string expected)
    {
        var simulator = Simulator(Thanks, Welcome with { DayPart = DayPart.Morning });
        Join(simulator);
        simulator.Ahead = TimeSpan.FromHours(6);

        simulator.Zone = Zone.Of(zone);
        simulator.Decide(simulator.Entry(new ReviewTenantNotices.Body()));
        simulator.DecideFollowUps();

        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Assert.Single(simulator.Notices).DueAt);
        PassTime(simulator, TimeSpan.FromHours(16));
        Assert.Single(Pushes(simulator));
    }

    [Fact]
    public void A_zone_that_changes_while_the_firing_is_under_way_delays_it_and_loses_nothing()
    {
        var simulator = Simulator(Gift, Expiring with { DayPart = DayPart.Morning });
        Join(simulator);
        simulator.Ahead = new TimeSpan(12, 20, 30, 0);
        simulator.Zone = Zone.Utc;

        simulator.Decide(Due(simulator, Assert.Single(simulator.Notices).Id));

        Assert.Empty(Pushes(simulator));
        Assert.Equal(new DateTimeOffset(2026, 3, 14, 9, 0, 0, TimeSpan.Zero), Assert.Single(simulator.Notices).DueAt);
    }

    [Fact]
    public void Erasing_an_account_withdraws_what_is_on_its_way_and_leaves_no_trace_of_it()
    {
        var simulator = Simulator(Gift, Expiring, Welcome);
        Join(simulator);
        PassTime(simulator, TimeSpan.FromMinutes(1));
        var receipt = simulator.Decide(new DeletedEvent { Account = "alice" }).Erased!;

        Assert.Equal(2, receipt["notices"]);
        var item = Assert.Single(simulator.Outbox);
        Assert.Equal((OutboxStatus.Withdrawn, "", "", null), (item.Status, item.Subject, item.Body, item.NextAt));
        Assert.All(simulator.Notices, notice => Assert.Equal(("", "", null), (notice.Owner, notice.Account, notice.DueAt)));
    }

    [Fact]
    public void What_an_entry_sends_and_the_next_of_the_same_pass_erases_is_withdrawn_by_the_pass_after_it()
    {
        var simulator = Simulator(Gift, Expiring, Welcome);
        Join(simulator);
        simulator.Ahead = TimeSpan.FromMinutes(1);
        var welcome = simulator.Notices.Single(notice => notice.Kind == NoticeKind.DynamicJoin);

        simulator.Decide([Due(simulator, welcome.Id), simulator.Event(new DeletedEvent { Account = "alice" })]);

        Assert.Contains(simulator.TakeFollowUps(), entry => entry.Kind == EntryKindAttribute.Of(typeof(BlankOutbox.Body)));
    }

    [Fact]
    public void What_has_arrived_counts_once_and_names_nobody()
    {
        var simulator = Simulator(Thanks, Welcome);
        Join(simulator);
        PassTime(simulator, TimeSpan.FromMinutes(1));

        var entry = simulator.Channel(PushChannel.ChannelName).DeliveredEntry(Assert.Single(simulator.Outbox), PassSimulator.Start)!;
        Assert.DoesNotContain("alice", entry.Body, StringComparison.Ordinal);
        simulator.Decide(simulator.Entry(entry));

        var fact = Assert.Single(simulator.Facts, fact => fact.Kind == CampaignFactKind.NotificationSent);
        Assert.Equal(("spring", simulator.Account("alice").Incarnation), (fact.Campaign, fact.Incarnation));
    }

    private static PassSimulator Simulator(StateDefinition state, params NotificationDefinition[] notifications) => new(Given.Campaign(Definition(state, notifications)));

    private static CampaignDefinition Definition(StateDefinition state, params NotificationDefinition[] notifications) =>
        Given.Definition(state) with { Notifications = notifications };

    private static Coupon Join(PassSimulator simulator, string account = "alice", string? pushId = "p-1", string consent = "yes")
    {
        simulator.Decide(Joining(simulator, account, pushId, consent));
        return simulator.Coupons.FirstOrDefault(coupon => coupon.Account == account)!;
    }

    private static IEnumerable<InboxEntry> Joining(PassSimulator simulator, string account, string? pushId, string consent) =>
    [
        simulator.Event(new ProfileEvent
        {
            Account = account, FirstName = "Alice", PushId = pushId,
            Consents = new Consents { Scope = ConsentScope.Account, Values = new Dictionary<string, string> { ["push"] = consent } },
        }),
        simulator.Event(new OrderEvent { Account = account, Order = Given.Order($"o-{account}") }),
    ];

    private static InboxEntry Due(PassSimulator simulator, string notice) => simulator.Entry(
        new SendNotice.Body(notice), simulator.Notices.Single(known => known.Id == notice).Account is { Length: > 0 } account ? account : null);

    /// <summary>Moves the clock from one due time to the next, and decides what falls due as the schedule would, and what follows.</summary>
    private static void PassTime(PassSimulator simulator, TimeSpan time, bool followUps = true)
    {
        var end = simulator.Ahead + time;
        for (var round = 0; ; round++)
        {
            Assert.True(round < 100, "What is due stays due.");
            if (simulator.Notices.Where(notice => notice.DueAt <= PassSimulator.Start + end).MinBy(notice => notice.DueAt) is not { } next)
                break;
            var soonest = next.DueAt!.Value - PassSimulator.Start;
            simulator.Ahead = soonest > simulator.Ahead ? soonest : simulator.Ahead;
            var now = PassSimulator.Start + simulator.Ahead + TimeSpan.FromMinutes(1);
            simulator.Decide(simulator.Notices.Where(notice => notice.DueAt <= now).OrderBy(notice => notice.DueAt).Take(500).Select(notice => Due(simulator, notice.Id)).ToArray());
            if (followUps)
                simulator.DecideFollowUps();
        }
        simulator.Ahead = end;
    }

    private static void Save(PassSimulator simulator, CampaignDefinition definition)
    {
        Assert.Equal(OutcomeStatus.Applied, simulator.Decide(simulator.Entry(new SaveCampaign.Body(definition, null))).Status);
        simulator.DecideFollowUps();
        if (!simulator.Notices.Any())
            simulator.Decide(simulator.Entry(new PlanNotices.Body(definition.Id)));
        simulator.DecideFollowUps();
    }

    private static List<Push> Pushes(PassSimulator simulator) => [.. simulator.Outbox.Select(item => JsonSerializer.Deserialize<Push>(item.Body, JsonSettings.Options)!)];

    private static void AssertEnded(PassSimulator simulator, NoticeStatus status, string why)
    {
        var notice = Assert.Single(simulator.Notices);
        Assert.Equal((status, why, null), (notice.Status, notice.Why, notice.DueAt));
        Assert.Empty(simulator.Outbox);
    }
}
